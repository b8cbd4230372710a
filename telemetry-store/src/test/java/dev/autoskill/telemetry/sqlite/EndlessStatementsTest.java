package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.error.Recorded;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.StoreException;
import dev.autoskill.telemetry.recording.Trouble;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.ReportQuery;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Views and triggers of others may never end by themselves. */
@Timeout(120)
class EndlessStatementsTest {

  private static final String ENDLESS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT ";

  @TempDir Path directory;

  private final Faults faults = new Faults(null);

  @Test
  void readingAViewWithoutEndStopsAtTheTimeoutAndSaysSo() throws SQLException {
    try (SqlFile file = new SqlFile(directory.resolve("t.db"))) {
      file.run(
          "CREATE VIEW skill_telemetry AS "
              + ENDLESS
              + "i AS id, i AS skill_id, i AS skill_name, i AS session_id, i AS agent_id,"
              + " i AS duration_ms, 'success' AS outcome, '2026-01-01' AS timestamp FROM n");
      assertIsIncomplete(
          file, (reader, complete) -> SqlFile.reports(reader, ReportQuery.ALL, complete));
      assertIsIncomplete(
          file,
          (reader, complete) -> reader.newestEvents(ReportQuery.ALL.skill("x").limit(5), complete));
    }
  }

  @Test
  void forgettingStopsWhereATriggerOfOthersDoesNotEnd() throws SQLException {
    try (SqlFile file = endlessTrigger("DELETE")) {
      file.run(SqlFile.insert(1, 100));

      assertFalse(reader(file).forget("n-1"));

      assertEquals(List.of(Trouble.DATABASE_SLOW.sentence()), faults.troubles());
      assertEquals(100, file.number("SELECT COUNT(*) FROM skill_telemetry"));
    }
  }

  /** Batches have half a minute. */
  @Test
  void storingStopsWhereATriggerOfOthersDoesNotEnd() throws SQLException {
    assumeTrue(Boolean.getBoolean("full"));
    TelemetryEvent event =
        new TelemetryEvent("e", "i", "n", "s", "a", 1L, Outcome.SUCCESS, Instant.EPOCH);
    try (SqlFile file = endlessTrigger("INSERT");
        SqliteEventStore store =
            new SqliteEventStore(file.path(), Duration.ofSeconds(5), faults, null)) {
      StoreException thrown =
          assertThrows(StoreException.class, () -> store.store(Recorded.all(event)));
      assertEquals(Trouble.DATABASE_SLOW, thrown.trouble());
    }
  }

  private SqlFile endlessTrigger(String act) throws SQLException {
    return new SqlFile(directory.resolve("t.db"), SqlFile.TABLE)
        .run(
            "CREATE VIEW endless AS " + ENDLESS + "i FROM n",
            "CREATE TRIGGER theirs AFTER "
                + act
                + " ON skill_telemetry BEGIN SELECT COUNT(*) FROM endless; END");
  }

  private void assertIsIncomplete(
      SqlFile file, BiFunction<SqliteEventReader, Completeness, List<?>> question) {
    Completeness completeness = new Completeness();
    assertEquals(List.of(), question.apply(reader(file), completeness));
    assertFalse(completeness.isComplete());
    assertTrue(
        faults.troubles().contains(Trouble.DATABASE_SLOW.sentence()), faults.troubles()::toString);
  }

  private SqliteEventReader reader(SqlFile file) {
    return new SqliteEventReader(
        file.path(), Duration.ofSeconds(5), Duration.ofMillis(300), faults, true);
  }
}
