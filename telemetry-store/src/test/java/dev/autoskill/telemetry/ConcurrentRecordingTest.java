package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.f4b6a3.ulid.Ulid;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryStats;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentRecordingTest {

  private static final int THREADS = 16;
  private static final int USES = Boolean.getBoolean("full") ? 50_000 : 5_000;
  private static final int ALL = THREADS * USES;

  @TempDir Path directory;

  @Test
  void storesEveryEventOfManyThreadsOnceAndInTheOrderOfTheirIds() throws Exception {
    try (TelemetryCollector telemetry = open(ALL)) {
      onManyThreads(thread -> telemetry.recordEvent(SkillUse.of("skill-" + thread)));

      assertTrue(telemetry.flush(Duration.ofMinutes(5)));
      assertEquals(new TelemetryStats(ALL, ALL, 0, 0, 0, 0, 0, 0), telemetry.stats());
    }
    assertAllStoredInOrder();
  }

  @Test
  void doesSoForTimedUsesToo() throws Exception {
    try (TelemetryCollector telemetry = open(ALL)) {
      onManyThreads(
          thread -> {
            Skill skill = Skill.named("skill-" + thread);
            long now = System.nanoTime();
            telemetry.recordUse(skill, null, Outcome.SUCCESS, now, now);
          });

      assertTrue(telemetry.flush(Duration.ofMinutes(5)));
      assertEquals(new TelemetryStats(ALL, ALL, 0, 0, 0, 0, 0, 0), telemetry.stats());
    }
    assertAllStoredInOrder();
  }

  private TelemetryCollector open(int queueCapacity) {
    return TestTelemetry.open(
        TelemetryConfig.builder().database(database()).queueCapacity(queueCapacity), Map.of());
  }

  private static void onManyThreads(IntConsumer use)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int thread = t;
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < USES; i++) {
                    use.accept(thread);
                  }
                }));
      }
      for (Future<?> thread : running) {
        thread.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void assertAllStoredInOrder() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      try (ResultSet ids =
          statement.executeQuery("SELECT id FROM skill_telemetry ORDER BY rowid")) {
        String previous = "";
        int count = 0;
        while (ids.next()) {
          String id = ids.getString(1);
          assertTrue(Ulid.isValid(id), id);
          assertTrue(previous.compareTo(id) < 0, previous + " before " + id);
          previous = id;
          count++;
        }
        assertEquals(ALL, count);
      }
      try (ResultSet skills =
          statement.executeQuery("SELECT COUNT(*) FROM skill_telemetry GROUP BY skill_name")) {
        int count = 0;
        while (skills.next()) {
          assertEquals(USES, skills.getInt(1));
          count++;
        }
        assertEquals(THREADS, count);
      }
    }
  }

  private Path database() {
    return directory.resolve("telemetry.db");
  }
}
