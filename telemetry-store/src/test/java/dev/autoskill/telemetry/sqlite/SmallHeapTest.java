package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reports of very many skills need memory for those only that are asked for. */
class SmallHeapTest {

  private static final int FEW = 60_000;
  private static final int EVENTS = Integer.getInteger("autoskill.test.events", FEW);
  private static final int SKILLS = Math.min(EVENTS, 100_000);

  /** All reports at once would take more than twice as much as in the short form. */
  private static final String HEAP = EVENTS > FEW ? "-Xmx64m" : "-Xmx24m";

  /** One a second, until the last query begins. */
  private static final int BEFORE = 10_000;

  @TempDir Path directory;

  @Test
  void theTopHundredOfVeryManySkillsFitIntoASmallHeap() throws Exception {
    assertEquals(
        "100 reports, 100 reports, 100 reports, 100 reports, complete: true, faults: 0",
        answer(HEAP, EVENTS, SKILLS, 100));
  }

  /** Without a limit, an answer holds every skill. Each event is of a session of its own. */
  @ParameterizedTest
  @CsvSource({"10000, 10000, -Xmx128m", "100000, 1000000, -Xmx512m", "1000000, 1000000, -Xmx2g"})
  void everyOneOfVeryManySkillsIsReported(int skills, int events, String heap) throws Exception {
    assumeTrue(skills <= FEW || Boolean.getBoolean("full"));

    String each = skills + " reports, ";
    assertEquals(
        each
            + each
            + each
            + Math.min(skills, events - BEFORE)
            + " reports, complete: true, faults: 0",
        answer(heap, events, skills, Integer.MAX_VALUE));
  }

  /** The output of another process about so many events, with so much memory. */
  private String answer(String heap, int events, int skills, int limit) throws Exception {
    Path database = directory.resolve("t.db");
    try (SqlFile file = new SqlFile(database, SqlFile.TABLE, SqlFile.INDEX)) {
      file.run(
          """
          INSERT INTO skill_telemetry
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %1$d)
            SELECT printf('%%026d', i), 'i-' || (i %% %2$d), 'skill-' || (i %% %2$d), 's-' || i,
              'a-' || (i %% 5), (i * 7919) %% 60000, 'success',
              strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', 1700000000 + i, 'unixepoch')
            FROM n
          """
              .formatted(events - 1, skills));
    }
    Path out = directory.resolve("out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapTest.class.getName(),
                database.toString(),
                Integer.toString(limit))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertTrue(process.waitFor(events > FEW ? 60 : 3, TimeUnit.MINUTES));
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(out).lines().reduce((first, last) -> last).orElse("").strip();
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
      List<EffectivenessReport> best =
          SqlFile.reports(reader, query.limit(Integer.parseInt(arguments[1])), completeness);
      answer.append(best.size()).append(" reports, ");
    }
    System.out.printf(
        "%scomplete: %s, faults: %d%n", answer, completeness.isComplete(), faults.count());
  }
}
