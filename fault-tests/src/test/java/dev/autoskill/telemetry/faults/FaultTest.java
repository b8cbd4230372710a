package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.faults.ProgramProcess.Launch;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The base of the tests of faults. Faults are caused by means of Linux. */
@EnabledOnOs(OS.LINUX)
@ExtendWith(FaultRun.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
abstract class FaultTest {

  static final int USES = 50;

  /** The sessions of a program begin with it. */
  static final String NAME = "p";

  /** A call takes microseconds; what is beyond this is not the machine that is busy. */
  private static final Duration LONGEST_CALL = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final long REST_MILLIS = 2_500;

  @TempDir Path directory;

  Path database() {
    return directory.resolve("telemetry/telemetry.db");
  }

  /** A program that says so soon when it is locked out. */
  Launch launch() {
    return launch(database());
  }

  static Launch launch(Path database) {
    return new Launch(NAME, database)
        .with(
            "-Dautoskill.telemetry.busy-timeout=200",
            "-Dautoskill.telemetry.query-timeout=60000",
            "-Dautoskill.telemetry.close-timeout=60000");
  }

  /** Calls skills, which must not take long. */
  static void use(ProgramProcess program, int uses) {
    long longest = program.number("use " + uses);
    assertTrue(longest < LONGEST_CALL.toNanos(), "a call took " + longest + " ns");
  }

  /** Tries to store until the program says what is the matter. */
  static void awaitTrouble(ProgramProcess program, String trouble) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String said = program.ask("troubles");
    while (!said.contains(trouble)) {
      assertTrue(System.nanoTime() < deadline, "it says: " + said + "; " + program.stats());
      program.ask("flush 100");
      said = program.ask("troubles");
    }
  }

  /** Tries until all is stored. */
  static void awaitStored(ProgramProcess program) {
    assertEquals(
        "true",
        program.ask("flush " + PATIENCE.toMillis()),
        () -> program.stats() + ": " + program.ask("troubles"));
  }

  /** Waits until all of {@link #USES} are in the spool. */
  static void awaitSpooled(ProgramProcess program) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (program.stats().spooled() < USES && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertEquals(USES, program.balancedStats().spooled());
  }

  /**
   * Uses skills until they find their way to the database again, for it is on the next attempt that
   * the end of a trouble shows. Returns how many were used.
   */
  static int awaitNoTrouble(ProgramProcess program) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int uses = 0;
    while (!program.ask("troubles").isEmpty()) {
      assertTrue(System.nanoTime() < deadline, program.ask("troubles"));
      use(program, 1);
      uses++;
      awaitStored(program);
    }
    return uses;
  }

  /** Asks for reports until they are complete: others may lock the database for too long. */
  static String awaitReports(ProgramProcess program) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String reports = program.ask("reports");
    while (reports.startsWith("incomplete")) {
      assertTrue(System.nanoTime() < deadline, reports);
      reports = program.ask("reports");
    }
    return reports;
  }

  /**
   * Waits until the log of a database is empty and nobody has written for longer than idle
   * processes wait between two looks: then all rows are rolled up.
   */
  static void awaitRest(Path database) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    File log = new File(database + "-wal");
    long written = System.currentTimeMillis();
    while (log.length() > 0 || System.currentTimeMillis() - written < REST_MILLIS) {
      assertTrue(System.nanoTime() < deadline, "the log is not emptied");
      written = Math.max(log.lastModified(), database.toFile().lastModified());
      Thread.onSpinWait();
    }
  }

  /** The uses that another process reports, which first ingests the spools of dead ones. */
  static long reportOfAnother(Launch launch) {
    try (ProgramProcess other = launch.start()) {
      long uses = other.number("report");
      other.end();
      return uses;
    }
  }
}
