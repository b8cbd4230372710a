package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.report.ReportQuery;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries for events one by one, and for what only events know: ids and sessions. */
class EventQueryTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:24:51.300Z");
  private static final List<Duration> AGES =
      List.of(Duration.ofDays(100), Duration.ofDays(3), Duration.ofHours(1));
  private static final Map<String, String> OPTED_OUT = Map.of("DO_NOT_TRACK", "1");

  @TempDir Path directory;

  @Test
  void eventsAndReportsAgreeOnWhatAQueryMeans() {
    recordAges("a@1", "s-1");
    recordAges("a@2", "s-2");
    try (TelemetryCollector telemetry = open(Duration.ZERO, Map.of())) {
      Reports reports = telemetry.reports();
      ReportQuery all = ReportQuery.ALL;
      assertEquals(6, agreed(reports, all));
      assertEquals(6, agreed(reports, all.skill("a")));
      assertEquals(0, agreed(reports, all.skill("b")));
      assertEquals(3, agreed(reports, all.id("a@1")));
      assertEquals(3, agreed(reports, all.session("s-2")));
      assertEquals(0, agreed(reports, all.session("s-2").id("a@1")));
      assertEquals(4, agreed(reports, all.agent("x").since(NOW.minus(Duration.ofDays(4)))));
      assertEquals(2, agreed(reports, all.id("a@2").until(NOW.minus(Duration.ofDays(2)))));
      assertEquals(2, agreed(reports, all.since(NOW.minus(Duration.ofHours(1)))));
      assertEquals(3, reports.summaries(List.of(all.id("a@1"))).get(0).attempts());
    }
  }

  private static long agreed(Reports reports, ReportQuery query) {
    List<TelemetryEvent> oldestFirst = new ArrayList<>();
    reports.forEachEvent(query, oldestFirst::add);
    assertEquals(oldestFirst.size(), reports.events(query).size(), query.toString());
    long uses = reports.effectiveness(query).stream().mapToLong(r -> r.totalUses()).sum();
    assertEquals(oldestFirst.size(), uses, query.toString());
    assertTrue(reports.isComplete());
    return uses;
  }

  @Test
  void anExceptionOfTheConsumerIsTheCallers() {
    recordAges("a", "s");
    IllegalStateException full = new IllegalStateException("full");
    try (TelemetryCollector telemetry = open(Duration.ZERO, Map.of())) {
      Reports reports = telemetry.reports();
      assertSame(
          full,
          assertThrows(
              IllegalStateException.class,
              () ->
                  reports.forEachEvent(
                      ReportQuery.ALL,
                      event -> {
                        throw full;
                      })));
      assertEquals(0, telemetry.stats().faults());
    }
  }

  @Test
  void prunesWhatIsTooOldAndStillCountsIt() {
    recordAges("a", "s");
    // Nobody records here any more, and may clean up all the same.
    try (TelemetryCollector telemetry = open(Duration.ZERO, OPTED_OUT)) {
      Reports reports = telemetry.reports();

      assertTrue(reports.prune(Duration.ofDays(90)));

      assertEquals(2, reports.events(ReportQuery.ALL).size());
      assertEquals(3, reports.effectiveness(ReportQuery.ALL).get(0).totalUses());
      assertThrows(IllegalArgumentException.class, () -> reports.prune(Duration.ofDays(-1)));
    }
  }

  @Test
  void forgetsWhereTelemetryIsOff() {
    recordAges("a", "s");
    try (TelemetryCollector telemetry = open(Duration.ZERO, OPTED_OUT)) {
      assertTrue(telemetry.reports().forget("a"));
      assertEquals(List.of(), telemetry.reports().effectiveness(ReportQuery.ALL));
      assertFalse(telemetry.isRecording());
    }
  }

  /** The events alone take up several times the heap. */
  @Test
  void anyNumberOfEventsTakesTheSameMemory() throws Exception {
    recordAges("a", "s");
    int events = 150_000;
    addEvents(events - AGES.size());
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-cp",
                System.getProperty("java.class.path"),
                CountingProgram.class.getName(),
                database().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();

    assertEquals(
        String.valueOf(events),
        new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    assertEquals(0, program.waitFor());
  }

  /** Prints how many events a database has. */
  static final class CountingProgram {

    private CountingProgram() {}

    public static void main(String[] arguments) {
      long[] count = {0};
      try (TelemetryCollector telemetry = TestTelemetry.open(Path.of(arguments[0]))) {
        telemetry.reports().forEachEvent(ReportQuery.ALL, event -> count[0]++);
      }
      System.out.println(count[0]);
    }
  }

  private void addEvents(int count) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO skill_telemetry
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
            SELECT printf('%%026d', i), 'skill', 'skill', printf('session-%%060d', i), 'a', i,
              'success', '2026-11-22T12:24:51.379Z'
            FROM n
          """
              .formatted(count));
    }
  }

  private void recordAges(String id, String session) {
    for (Duration age : AGES) {
      try (TelemetryCollector telemetry = open(age, Map.of())) {
        telemetry.recordEvent(SkillUse.of(id, "a").session(session).agent("x"));
      }
    }
  }

  private TelemetryCollector open(Duration ago, Map<String, String> variables) {
    return TelemetryCollector.open(
        TelemetryConfig.builder().database(database()).build(),
        Environment.of(variables),
        () -> NOW.minus(ago).toEpochMilli());
  }

  private Path database() {
    return directory.resolve("telemetry.db");
  }
}
