package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Many processes, and tools in other languages, write to one file at once. */
class ManyWritersTest extends FaultTest {

  private static final int PROCESSES = 8;
  private static final int CALLS_EACH = FaultRun.pick(2_000, 20_000);
  private static final int FOREIGN_ROWS = FaultRun.pick(200, 5_000);
  private static final int SHELLS = FaultRun.pick(20, 300);
  private static final long LARGEST_LOG_BYTES = 16L << 20;

  @Test
  void everyEventOfEveryWriterIsThereOnceAndTheLogStaysSmall() throws Exception {
    Means.assumeWorks("sqlite3", "-version");
    Means.assumeWorks("python3", "-c", "import sqlite3");
    reportWithTable();
    AtomicBoolean isOver = new AtomicBoolean();
    ExecutorService threads = Executors.newCachedThreadPool();
    List<ProgramProcess> programs = new ArrayList<>();
    try {
      Future<Long> log = threads.submit(() -> largestLog(isOver));
      Future<String> python = threads.submit(this::writeFromPython);
      Future<List<String>> shell = threads.submit(this::writeFromShell);
      for (int i = 0; i < PROCESSES; i++) {
        programs.add(
            launch().named("w" + i).with("-Dautoskill.telemetry.busy-timeout=60000").start());
      }
      for (ProgramProcess program : programs) {
        program.say("flood 1 " + CALLS_EACH);
      }
      for (ProgramProcess program : programs) {
        assertEquals(CALLS_EACH, Long.parseLong(program.answer()));
        program.say("flush 120000");
      }
      for (ProgramProcess program : programs) {
        assertEquals("true", program.answer());
        Stats stats = program.balancedStats();
        assertEquals(CALLS_EACH, stats.stored());
        assertEquals(0, stats.faults());
      }
      assertEquals("0 []", python.get());
      assertEquals(List.of(), shell.get());
      isOver.set(true);
      long largest = log.get();
      long last = logLength();
      Figures.note("many writers, log", "largest " + largest + ", at the end " + last);
      assertTrue(largest <= LARGEST_LOG_BYTES && largest > 0, largest + " bytes");
      programs.forEach(ProgramProcess::end);
    } finally {
      isOver.set(true);
      programs.forEach(ProgramProcess::close);
      threads.shutdownNow();
    }
    assertAllAreThereOnce();
  }

  private void assertAllAreThereOnce() throws Exception {
    try (Stored stored = Stored.in(database())) {
      stored.assertIntact();
      Map<String, Integer> sessions = stored.sessions();
      for (int i = 0; i < PROCESSES; i++) {
        removeAll(sessions, "w" + i, CALLS_EACH);
      }
      removeAll(sessions, "python", FOREIGN_ROWS);
      removeAll(sessions, "shell", SHELLS);
      removeAll(sessions, NAME, 1);
      assertEquals(Map.of(), sessions);
      assertEquals("wal", stored.text("PRAGMA journal_mode"));
    }
  }

  private static void removeAll(Map<String, Integer> sessions, String name, int count) {
    for (int i = 0; i < count; i++) {
      assertEquals(1, sessions.remove(name + "-" + i), name + "-" + i);
    }
  }

  /** So that the table is there for the others. */
  private void reportWithTable() {
    try (ProgramProcess program = launch().start()) {
      use(program, 1);
      awaitStored(program);
      program.end();
    }
  }

  private long largestLog(AtomicBoolean isOver) {
    long largest = 0;
    while (!isOver.get()) {
      largest = Math.max(largest, logLength());
      Thread.yield();
    }
    return largest;
  }

  /** 0 if there is no log: the last process to let go of the database removes it. */
  private long logLength() {
    return Path.of(database() + "-wal").toFile().length();
  }

  private String writeFromPython() throws Exception {
    Path script = Path.of(getClass().getResource("/foreign-writer.py").toURI());
    return Means.run(
            "python3", script.toString(), database().toString(), "python", "" + FOREIGN_ROWS)
        .output();
  }

  /** Returns what went wrong. */
  private List<String> writeFromShell() throws Exception {
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < SHELLS; i++) {
      Means.Result result =
          Means.run(
              "sqlite3",
              "-cmd",
              ".timeout 30000",
              database().toString(),
              "INSERT INTO skill_telemetry VALUES ('shell-"
                  + i
                  + "', 'foreign', 'foreign', 'shell-"
                  + i
                  + "', 'shell', NULL, 'success', '2026-01-01T00:00:00Z')");
      if (result.exitCode() != 0 || !result.output().isEmpty()) {
        failures.add(result.output());
      }
    }
    return failures;
  }
}
