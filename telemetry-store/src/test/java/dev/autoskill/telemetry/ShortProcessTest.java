package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.TelemetryStats;
import dev.autoskill.telemetry.report.EffectivenessReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that end, in whatever way, before they open the database. */
class ShortProcessTest {

  private static final int USES = 50;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"returns", "exits", "throws", "runs daemons only"})
  void leavesItsEventsToWhoeverAsksNext(String how) throws Exception {
    try (SpoolingProcess process = SpoolingProcess.start(database(), how, USES)) {
      process.awaitEnd();
    }

    assertEquals(
        "",
        Files.readString(directory.resolve("telemetry.db.err.txt"))
            .split("as the")[0]
            .replaceAll("Exception in thread .*: ", ""));
    assertTrue(Files.notExists(database()));
    assertEquals(1, spools().size());
    assertAllAreFoundOnce();
  }

  @Test
  void isKilledAndLosesNothingThatWasSpooled() throws Exception {
    try (SpoolingProcess process =
        SpoolingProcess.start(database(), "waits until it is safe", USES).awaitReady()) {
      process.kill();
    }

    assertAllAreFoundOnce();
  }

  @Test
  void isTerminatedAndLosesNothing() throws Exception {
    try (SpoolingProcess process = SpoolingProcess.start(database(), "waits", USES).awaitReady()) {
      process.terminate();
    }

    assertAllAreFoundOnce();
  }

  @Test
  void keepsItsSpoolAsLongAsItLivesAndIsInReportsAllTheSame() throws Exception {
    try (SpoolingProcess process =
            SpoolingProcess.start(database(), "waits until it is safe", USES).awaitReady();
        TelemetryCollector telemetry = TestTelemetry.open(database())) {
      assertEquals(USES, telemetry.getEffectivenessReport().get(0).totalUses());
      assertEquals(1, spools().size());

      process.kill();

      assertEquals(USES, telemetry.getEffectivenessReport().get(0).totalUses());
      assertEquals(List.of(), spools());
      assertEquals(new TelemetryStats(0, 0, 0, 0, 0, 0, 0, 0), telemetry.stats());
    }
  }

  @Test
  void livesLongerAndIsInTheTableUnasked() throws Exception {
    SpoolingProcess process = SpoolingProcess.start(database(), "waits", USES).awaitReady();
    try {
      long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      while (rows() < USES) {
        assertTrue(System.nanoTime() < deadline, "not within a minute");
      }
    } finally {
      process.close();
    }
  }

  /** As another tool reads them; 0 if there is no table yet. */
  private int rows() throws SQLException {
    if (Files.notExists(database())) {
      return 0;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM skill_telemetry")) {
      return count.getInt(1);
    } catch (SQLException e) {
      if (e.getMessage().contains("no such table")) {
        return 0;
      }
      throw e;
    }
  }

  /** As if the one who stored the events had died before it could delete the file. */
  @Test
  void leavesASpoolThatIsStoredTwiceAndCountedOnce() throws Exception {
    try (SpoolingProcess process = SpoolingProcess.start(database(), "returns", USES)) {
      process.awaitEnd();
    }
    Path spool = spools().get(0);
    Path copy = Files.copy(spool, directory.resolve("copy"));
    assertAllAreFoundOnce();
    Files.move(copy, spool);

    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      assertEquals(USES, telemetry.getEffectivenessReport().get(0).totalUses());
      assertEquals(new TelemetryStats(0, 0, 0, 0, 0, 0, 0, 0), telemetry.stats());
    }
    assertEquals(List.of(), spools());
  }

  @Test
  void leavesASpoolThatTwoCollectorsFindAtOnce() throws Exception {
    for (int i = 0; i < 3; i++) {
      try (SpoolingProcess process = SpoolingProcess.start(database(), "returns", USES)) {
        process.awaitEnd();
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (TelemetryCollector one = TestTelemetry.open(database());
        TelemetryCollector other = TestTelemetry.open(database())) {
      CyclicBarrier start = new CyclicBarrier(2);
      Future<Boolean> first = threads.submit(flush(one, start));
      Future<Boolean> second = threads.submit(flush(other, start));
      assertTrue(first.get() && second.get());

      assertTrue(one.flush(Duration.ofMinutes(1)));
      List<EffectivenessReport> reports = one.getEffectivenessReport();
      assertEquals(3 * USES, reports.get(0).totalUses());
      assertEquals(0, one.stats().recorded() + other.stats().recorded());
      assertEquals(0, one.stats().faults() + other.stats().faults());
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<Boolean> flush(TelemetryCollector telemetry, CyclicBarrier start) {
    return () -> {
      start.await();
      return telemetry.flush(Duration.ofMinutes(1));
    };
  }

  private void assertAllAreFoundOnce() throws IOException {
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      List<EffectivenessReport> reports = telemetry.getEffectivenessReport();
      assertEquals(1, reports.size());
      assertEquals(SpoolingProgram.SKILL, reports.get(0).skillName());
      assertEquals(USES, reports.get(0).totalUses());
      assertEquals(new TelemetryStats(0, 0, 0, 0, 0, 0, 0, 0), telemetry.stats());
    }
    assertEquals(List.of(), spools());
  }

  private List<Path> spools() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("telemetry.db-spool"))) {
      return files.toList();
    }
  }

  private Path database() {
    return directory.resolve("telemetry.db");
  }
}
