package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** More comes in than the disk takes. */
class OverloadTest extends FaultTest {

  private static final int THREADS = 4;
  private static final int CALLS_WHILE_LOCKED = 20_000;
  private static final int CALLS_EACH = FaultRun.pick(50_000, 5_000_000);
  private static final int CAPACITY = FaultRun.pick(1_000, 10_000);

  @Test
  void memoryIsBoundedWhatDoesNotFitIsCountedAndItRecovers() throws Exception {
    try (ProgramProcess program =
        launch()
            .with(
                "-Xmx48m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dautoskill.telemetry.queue-capacity=" + CAPACITY)
            .start()) {
      use(program, 1);
      awaitStored(program);
      long calls = program.number("flood " + THREADS + " " + CALLS_EACH);
      assertEquals((long) THREADS * CALLS_EACH, calls);
      awaitStored(program);
      Stats stats = program.balancedStats();
      assertEquals(1 + calls, stats.recorded());
      assertTrue(stats.dropped() > 0, "the disk was quick enough: " + stats);
      assertEquals(0, stats.failed());
      Figures.note("overload", stats);

      use(program, USES);
      awaitStored(program);
      assertEquals(stats.stored() + USES, program.balancedStats().stored());
      program.end();
      try (Stored stored = Stored.in(database())) {
        stored.assertIntact();
        assertEquals(stats.stored() + USES, stored.sessions().size());
      }
    }
  }

  /** The spool is full and nothing leaves it: what came first is kept. */
  @Test
  void theNewestAreDropped() throws Exception {
    int capacity = 1000;
    try (ProgramProcess program =
        launch()
            .with(
                "-Dautoskill.telemetry.spool-limit=65536",
                "-Dautoskill.telemetry.queue-capacity=" + capacity)
            .start()) {
      use(program, 1);
      awaitStored(program);
      Times free = Times.of(program.ask("pace 5000 200"));
      long before = 1 + free.calls();
      awaitStored(program);
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database());
          Statement lock = other.createStatement()) {
        lock.execute("BEGIN IMMEDIATE");
        Times full = Times.of(program.ask("pace 5000 " + CALLS_WHILE_LOCKED / 5));
        full.assertLike(free);
        awaitTrouble(program, "the spool has reached its limit");
        Stats during = program.balancedStats();
        assertTrue(during.spooled() > 0 && during.queued() > 0, during.toString());
        assertTrue(during.dropped() > 0, during.toString());
        lock.execute("ROLLBACK");
      }
      awaitStored(program);
      Stats after = program.balancedStats();
      program.end();
      try (Stored stored = Stored.in(database())) {
        Map<String, Integer> sessions = stored.sessions();
        assertEquals(after.stored(), sessions.size());
        // In between, a writer that the machine held up may have let some go, and then taken more.
        assertAre(true, sessions, before, capacity / 2);
        assertAre(false, sessions, before + CALLS_WHILE_LOCKED - capacity, capacity);
      }
    }
  }

  private static void assertAre(
      boolean there, Map<String, Integer> sessions, long first, int count) {
    for (long n = first; n < first + count; n++) {
      assertEquals(there, sessions.containsKey(NAME + "-" + n), NAME + "-" + n);
    }
  }
}
