package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryStats;
import dev.autoskill.telemetry.report.EffectivenessReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other programs that hold the same file open and write to it. */
class OtherWritersTest {

  private static final String INSERT =
      "INSERT INTO skill_telemetry VALUES"
          + " (lower(hex(randomblob(16))), 'theirs', 'theirs', 's', 'unknown', 1, 'success',"
          + " '2026-11-22T12:24:52.262047+00:00');";

  /** Inserts 500 events, one transaction each, and fails if it has to wait 30 s for any. */
  private static final String PYTHON =
      """
      import sqlite3, sys, uuid
      connection = sqlite3.connect(sys.argv[1], timeout=30)
      for i in range(500):
          connection.execute("INSERT INTO skill_telemetry VALUES (?,?,?,?,?,?,?,?)",
              (str(uuid.uuid4()), "theirs", "theirs", "s", "a", None, "failure",
               "2026-11-22T12:24:52.262047+00:00"))
          connection.commit()
      print("done")
      """;

  @TempDir Path directory;

  @Test
  void theSqliteShellHoldsTheFileOpenWhileWeWrite() throws Exception {
    assumeRuns("sqlite3", "--version");
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      record(telemetry, 1);
      Process shell = new ProcessBuilder("sqlite3", "-batch", database().toString()).start();
      try (Writer in = shell.outputWriter(StandardCharsets.UTF_8);
          BufferedReader out = shell.inputReader(StandardCharsets.UTF_8)) {
        assertEquals("wal", ask(in, out, "PRAGMA busy_timeout = 30000; PRAGMA journal_mode;", 2));
        assertEquals("1", ask(in, out, "SELECT COUNT(*) FROM skill_telemetry;", 1));
        record(telemetry, 99);
        assertEquals("100", ask(in, out, "SELECT COUNT(*) FROM skill_telemetry;", 1));

        assertEquals("written", ask(in, out, INSERT + INSERT + "SELECT 'written';", 1));
        record(telemetry, 100);

        assertEquals(Map.of("ours", 200L, "theirs", 2L), uses(telemetry));
        // A reader that stays in its transaction does not keep us from writing.
        assertEquals("202", ask(in, out, "BEGIN; SELECT COUNT(*) FROM skill_telemetry;", 1));
        record(telemetry, 100);
        assertEquals("202", ask(in, out, "SELECT COUNT(*) FROM skill_telemetry;", 1));
        assertEquals("302", ask(in, out, "COMMIT; SELECT COUNT(*) FROM skill_telemetry;", 1));
      } finally {
        shell.destroy();
      }
      assertEquals(0, telemetry.stats().faults());
    }
  }

  @Test
  void pythonWritesWhileWeWrite() throws Exception {
    assumeRuns("python3", "-c", "import sqlite3");
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      record(telemetry, 1);
      Process python =
          new ProcessBuilder("python3", "-c", PYTHON, database().toString())
              .redirectErrorStream(true)
              .start();
      long ours = 1;
      while (python.isAlive()) {
        record(telemetry, 10);
        ours += 10;
      }
      assertEquals("done\n", new String(python.getInputStream().readAllBytes()).replace("\r", ""));

      assertEquals(Map.of("ours", ours, "theirs", 500L), uses(telemetry));
      assertEquals(new TelemetryStats(ours, ours, 0, 0, 0, 0, 0, 0), telemetry.stats());
    }
  }

  private static void record(TelemetryCollector telemetry, int uses) {
    for (int i = 0; i < uses; i++) {
      telemetry.recordEvent(SkillUse.of("ours"));
    }
    assertTrue(telemetry.flush(Duration.ofMinutes(1)));
  }

  private static Map<String, Long> uses(TelemetryCollector telemetry) {
    Map<String, Long> uses = new TreeMap<>();
    for (EffectivenessReport report : telemetry.getEffectivenessReport()) {
      uses.put(report.skillName(), report.totalUses());
    }
    return uses;
  }

  /** Sends statements and returns the last of the lines they answer with. */
  private static String ask(Writer in, BufferedReader out, String statements, int lines)
      throws IOException {
    in.write(statements + "\n");
    in.flush();
    String line = null;
    for (int i = 0; i < lines; i++) {
      line = out.readLine();
    }
    return line;
  }

  private static void assumeRuns(String... command) throws InterruptedException {
    boolean runs;
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      runs = process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      runs = false;
    }
    assumeTrue(runs, "skipped, since this does not run here: " + List.of(command));
  }

  private Path database() {
    return directory.resolve("telemetry.db");
  }
}
