package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.OpenCollector;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.error.Recorded;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.StoreException;
import dev.autoskill.telemetry.recording.Trouble;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.sqlite.DatabaseClaim.JvmLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The locks by which class loaders take turns; the test plays the other class loader. */
class DatabaseClaimTest {

  private static final Duration SHORT = Duration.ofMillis(50);

  @TempDir Path directory;

  private final Faults faults = new Faults(null);
  private Path database;
  private SqliteEventStore store;
  private SqliteEventReader reader;
  private JvmLock claim;
  private JvmLock turn;

  @BeforeEach
  void open() throws IOException {
    database = directory.resolve("telemetry.db");
    Path canonical = directory.toRealPath().resolve("telemetry.db");
    long number = 2 * Integer.toUnsignedLong(canonical.hashCode());
    claim = new JvmLock(number);
    turn = new JvmLock(number + 1);
    store = new SqliteEventStore(database, SHORT, faults, null);
    reader = new SqliteEventReader(database, SHORT, Duration.ofMinutes(1), faults, false);
  }

  @AfterEach
  void close() {
    store.close();
    claim.unlock();
    turn.unlock();
  }

  @Test
  void nobodyIsConnectedWhileAnotherHasTheDatabase() throws Exception {
    store.store(Recorded.all(event(1)));
    store.close();
    assertTrue(claim.tryLock());

    assertEquals(List.of(), reader.newestEvents(ReportQuery.ALL.limit(10), new Completeness()));
    assertEquals(1, faults.count());
    StoreException refused =
        assertThrows(StoreException.class, () -> store.store(Recorded.all(event(2))));
    assertEquals(Trouble.DATABASE_LOCKED, refused.trouble());

    claim.unlock();
    assertEquals(1, store.store(Recorded.all(event(2))).added());
    assertEquals(2, reader.newestEvents(ReportQuery.ALL.limit(10), new Completeness()).size());
  }

  @Test
  void whoeverStoresLetsGoAfterABatchWhenAnotherWaits() throws Exception {
    store.store(Recorded.all(event(1)));
    assertFalse(claim.tryLock());

    assertTrue(turn.tryLock());
    assertEquals(1, store.store(Recorded.all(event(2))).added());

    assertTrue(claim.tryLock());
    claim.unlock();
    // It is the other's turn, even if he has not come yet.
    assertThrows(StoreException.class, () -> store.store(Recorded.all(event(3))));
    turn.unlock();
    assertEquals(1, store.store(Recorded.all(event(3))).added());
  }

  @Test
  void whoeverReadsHasTheDatabaseNoLongerThanTheQuery() throws Exception {
    store.store(Recorded.all(event(1)));
    store.close();

    assertEquals(1, reader.newestEvents(ReportQuery.ALL.limit(10), new Completeness()).size());

    assertTrue(claim.tryLock());
  }

  @Test
  void aCollectorThatHasNothingToDoLetsGoWhenAnotherWaits() throws Exception {
    try (TelemetryCollector telemetry = OpenCollector.on(database)) {
      telemetry.recordEvent(SkillUse.of("a"));
      assertTrue(telemetry.flush(Duration.ofMinutes(1)));

      await(turn);
      await(claim);
      claim.unlock();
      turn.unlock();
    }
  }

  private static void await(JvmLock lock) throws IOException {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!lock.tryLock()) {
      assertTrue(System.nanoTime() < deadline, "not within a minute");
      Thread.onSpinWait();
    }
  }

  private static TelemetryEvent event(int number) {
    return new TelemetryEvent(
        "event-" + number, "a", "a", "s", "agent", null, Outcome.SUCCESS, Instant.EPOCH);
  }
}
