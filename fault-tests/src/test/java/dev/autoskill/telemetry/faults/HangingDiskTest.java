package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The disk does not answer, and the process ends. */
class HangingDiskTest extends FaultTest {

  private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(1);

  /** For the JVM to end, on a machine that has other things to do. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  /** SQLite looks for a journal to roll back; opening a pipe that nobody writes to blocks. */
  @Test
  void aDatabaseThatHangsHoldsTheEndUpForTheExitTimeoutAtMost() throws Exception {
    try (ProgramProcess earlier = launch().start()) {
      use(earlier, 1);
      awaitStored(earlier);
      earlier.ask("close");
      earlier.end();
    }
    Means.assumeWorks("sqlite3", "-version");
    Path pipe = Path.of(database() + "-journal");
    assertEquals(0, Means.run("mkfifo", pipe.toString()).exitCode());
    Process attempt =
        new ProcessBuilder("sqlite3", database().toString(), "SELECT 1 FROM skill_telemetry")
            .start();
    assertFalse(attempt.waitFor(1, TimeUnit.SECONDS));
    attempt.destroyForcibly().waitFor();

    try (ProgramProcess program = launch().start()) {
      use(program, USES);
      assertEquals("false", program.ask("flush 1000"));
      use(program, USES);
      assertEndsInTime(program);
    }

    Files.delete(pipe);
    assertEquals(1 + 2 * USES, reportOfAnother(launch()));
  }

  @Test
  void aSpoolThatHangsHoldsTheEndUpForTheExitTimeoutAtMost() throws Exception {
    Means.assumeWorks("strace", "-f", "-qq", "-e", "trace=none", "true");
    try (ProgramProcess program = launch().start()) {
      use(program, USES);
      while (program.stats().spooled() < USES) {
        Thread.onSpinWait();
      }
      Process tracer = holdWritesTo(onlySpool(), program);
      try {
        use(program, USES);
        Stats stats = program.balancedStats();
        assertEquals(USES, stats.queued());
        long start = System.nanoTime();
        program.say("end returning");
        while (!isOver(program)) {
          Thread.onSpinWait();
        }
        assertInTime(Duration.ofNanos(System.nanoTime() - start));
      } finally {
        tracer.destroyForcibly().waitFor();
      }
      assertEquals(0, program.awaitExit(), program.errors());
      program.assertSilent();
    }
    long kept = reportOfAnother(launch());
    // The events that the process was writing when it ended may be there, or not.
    assertTrue(kept >= USES && kept <= 2 * USES, kept + " events");
  }

  private static void assertEndsInTime(ProgramProcess program) {
    long start = System.nanoTime();
    program.say("end returning");
    assertEquals(0, program.awaitExit(), program.errors());
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    program.assertSilent();
    assertInTime(took);
  }

  private static void assertInTime(Duration took) {
    assertTrue(took.compareTo(EXIT_TIMEOUT.plus(SLACK)) < 0, "took " + took);
    Figures.note("end with a hanging disk", took);
  }

  /** The tracer sees to the remains of a process only when its write would have been over. */
  private static boolean isOver(ProgramProcess program) throws Exception {
    Path status = Path.of("/proc/" + program.pid() + "/status");
    return !Files.exists(status) || Files.readString(status).contains("State:\tZ");
  }

  private Path onlySpool() throws Exception {
    try (var files = Files.list(Path.of(database() + "-spool"))) {
      return files.findFirst().orElseThrow();
    }
  }

  /** From now on each write of the process to a file takes a minute. */
  private Process holdWritesTo(Path file, ProgramProcess program) throws Exception {
    Path log = directory.resolve("strace.txt");
    Process tracer =
        new ProcessBuilder(
                "strace",
                "-f",
                "-p",
                Long.toString(program.pid()),
                "-P",
                file.toString(),
                "-e",
                "trace=write,pwrite64,ftruncate",
                "-e",
                "inject=write,pwrite64,ftruncate:delay_enter=60000000",
                "-o",
                log.toString())
            .redirectErrorStream(true)
            .start();
    // It says so once it holds all threads.
    assertTrue(tracer.inputReader().readLine().contains("attached"));
    return tracer;
  }
}
