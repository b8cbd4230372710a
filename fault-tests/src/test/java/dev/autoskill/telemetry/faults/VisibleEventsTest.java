package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A tool that reads the table by plain SQL finds every event there, though nobody asks for it. */
class VisibleEventsTest extends FaultTest {

  private static final int SHORT_PROGRAMS = FaultRun.pick(15, 100);

  /** The promise is two seconds, on a machine that has nothing else to do. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void thoseOfALivingProcess() throws Exception {
    try (ProgramProcess program = launch().start()) {
      program.ask("use " + USES);
      awaitRows(USES);
      program.ask("use " + USES);
      awaitRows(2 * USES);
      program.end();
    }
    try (Stored stored = Stored.in(database())) {
      stored.assertOnceEach(NAME, 2 * USES);
    }
  }

  @Test
  void thoseThatShortProgramsLeftToOneThatLives() throws Exception {
    for (int i = 0; i < SHORT_PROGRAMS; i++) {
      try (ProgramProcess program = launch().named("short" + i).start()) {
        program.ask("use 1");
        program.end();
      }
    }
    try (ProgramProcess program = launch().start()) {
      program.ask("use 1");
      awaitRows(SHORT_PROGRAMS + 1);
      program.end();
    }
    try (Stored stored = Stored.in(database())) {
      stored.assertIntact();
      for (int i = 0; i < SHORT_PROGRAMS; i++) {
        stored.assertOnce("short" + i + "-0");
      }
      stored.assertOnce(NAME + "-0");
    }
  }

  private void awaitRows(long rows) throws SQLException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long found = rows();
    while (found < rows) {
      assertTrue(System.nanoTime() < deadline, "only " + found + " of " + rows);
      Thread.onSpinWait();
      found = rows();
    }
  }

  private long rows() throws SQLException {
    if (!Files.exists(database())) {
      return 0;
    }
    try (Stored stored = Stored.in(database())) {
      String tables = "SELECT COUNT(*) FROM sqlite_master WHERE name = 'skill_telemetry'";
      return stored.text(tables).equals("0")
          ? 0
          : Long.parseLong(stored.text("SELECT COUNT(*) FROM skill_telemetry"));
    }
  }
}
