package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportOrder;
import dev.autoskill.telemetry.report.ReportQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The best reports of very many skills need memory for themselves only. */
class SmallHeapTest {

  private static final int FEW = 60_000;
  private static final int EVENTS = Integer.getInteger("autoskill.test.events", FEW);
  private static final int SKILLS = Math.min(EVENTS, 100_000);

  /** All reports at once would take more than twice as much as in the short form. */
  private static final String HEAP = EVENTS > FEW ? "-Xmx64m" : "-Xmx24m";

  @TempDir Path directory;

  @Test
  void theTopHundredOfVeryManySkillsFitIntoASmallHeap() throws Exception {
    Path database = directory.resolve("t.db");
    try (SqlFile file = new SqlFile(database, SqlFile.TABLE, SqlFile.INDEX)) {
      file.run(
          """
          INSERT INTO skill_telemetry
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
            SELECT printf('%%026d', i), 'i', 'skill-' || (i %% %d), 's', 'a', i %% 1000, 'success',
              strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', 1700000000 + i, 'unixepoch')
            FROM n
          """
              .formatted(EVENTS - 1, SKILLS));
    }
    Path out = directory.resolve("out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapTest.class.getName(),
                database.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertTrue(process.waitFor(EVENTS > FEW ? 60 : 3, TimeUnit.MINUTES));
    } finally {
      process.destroyForcibly();
    }
    assertEquals(
        "100 reports, 100 reports, 100 reports, 100 reports, complete: true, faults: 0",
        Files.readString(out).lines().reduce((first, last) -> last).orElse("").strip());
  }

  /** The other process. */
  public static void main(String[] arguments) {
    Faults faults = new Faults(System.out::println);
    Completeness completeness = new Completeness();
    SqliteEventReader reader =
        new SqliteEventReader(
            Path.of(arguments[0]), Duration.ofSeconds(5), Duration.ofHours(1), faults, true);
    StringBuilder answer = new StringBuilder();
    for (ReportQuery query :
        List.of(
            ReportQuery.ALL,
            ReportQuery.ALL.order(ReportOrder.LEAST_SUCCESSFUL),
            ReportQuery.ALL.order(ReportOrder.SLOWEST),
            ReportQuery.ALL.since(Instant.parse("2023-11-15T01:00:00Z")))) {
      List<EffectivenessReport> best = reader.reports(query.limit(100), completeness);
      answer.append(best.size()).append(" reports, ");
    }
    System.out.printf(
        "%scomplete: %s, faults: %d%n", answer, completeness.isComplete(), faults.count());
  }
}
