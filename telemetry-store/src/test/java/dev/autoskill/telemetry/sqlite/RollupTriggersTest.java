package dev.autoskill.telemetry.sqlite;

import static dev.autoskill.telemetry.report.ReportQuery.ALL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.recording.TimeSource;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.RollupCheck;
import dev.autoskill.telemetry.report.RollupCheck.Status;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports are right after whatever others do to the table, and to what is kept beside it. */
class RollupTriggersTest {

  private static final int EVENTS = 3000;

  private static final String COLUMNS =
      "(rowid, id, skill_id, skill_name, session_id, agent_id, outcome, timestamp)";

  private static final String VALUES =
      "'i', 'n-1', 's', 'a', 'failure', '2026-01-01T00:00:00.000Z')";

  @TempDir Path directory;

  @Test
  void theTriggersAreMadeAgainWhereTheTableIsReplacedByACopy() throws SQLException {
    try (SqlFile file = rolledUp(SqlFile.TABLE)) {
      file.run(
          "ALTER TABLE skill_telemetry RENAME TO old",
          SqlFile.TABLE,
          "INSERT INTO skill_telemetry SELECT * FROM old");
      file.assertReportIsRight("copied");
      file.run("DELETE FROM skill_telemetry WHERE rowid % 3 = 0");
      file.assertReportIsRight("deleted");
      file.run(
          "UPDATE skill_telemetry SET outcome = 'failure' WHERE rowid % 5 = 0", "DROP TABLE old");
      file.assertReportIsRight("updated, and the old one dropped");
      assertRollupsAreRight(file);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"TEXT PRIMARY KEY", "TEXT NOT NULL UNIQUE", "TEXT COLLATE NOCASE UNIQUE", "TEXT"})
  void replacedEventsAreNoticedWhateverIdsAre(String id) throws SQLException {
    try (SqlFile file = rolledUp(SqlFile.TABLE.replace("TEXT PRIMARY KEY", id))) {
      file.run(
          "INSERT OR REPLACE INTO skill_telemetry SELECT upper(id), skill_id, skill_name, session_id,"
              + " agent_id, 7, outcome, timestamp FROM skill_telemetry WHERE rowid <= 100");
      file.assertReportIsRight("replaced by id");
      file.run("DELETE FROM skill_telemetry WHERE rowid = 500").rollUp();
      file.run("INSERT INTO skill_telemetry " + COLUMNS + " VALUES (500, 'x', " + VALUES);
      file.assertReportIsRight("put where another one was");
      file.run(
          "INSERT OR REPLACE INTO skill_telemetry " + COLUMNS + " VALUES (501, 'y', " + VALUES);
      file.assertReportIsRight("replaced by rowid");
      file.run("INSERT INTO skill_telemetry " + COLUMNS + " VALUES (-5, 'z', " + VALUES);
      file.assertReportIsRight("put before all others");
      file.run(
          "INSERT OR REPLACE INTO skill_telemetry " + COLUMNS + " VALUES (-5, 'zz', " + VALUES);
      file.assertReportIsRight("replaced before all others");
      if (id.equals("TEXT")) {
        // No index would find what an insert replaces.
        assertEquals(Status.NOT_KEPT, file.reader().checkRollups().status());
      } else {
        assertRollupsAreRight(file);
      }
    }
  }

  /**
   * At -1, which stands for any rowid before an insert, and after the greatest, when SQLite takes
   * any free one.
   */
  @ParameterizedTest
  @CsvSource({"-1, 5000", "9223372036854775807, 9223372036854775806"})
  void whereInsertsMayGoUnnoticedNothingIsKept(String row, String greatest) throws SQLException {
    for (String end :
        new String[] {
          "DELETE FROM skill_telemetry WHERE id = 'x'",
          "INSERT OR REPLACE INTO skill_telemetry SELECT * FROM skill_telemetry WHERE id = 'x'",
          "UPDATE skill_telemetry SET rowid = 40000 WHERE id = 'x'",
          "UPDATE OR REPLACE skill_telemetry SET id = 'x' WHERE rowid = 7"
        }) {
      for (boolean isLookedAt : new boolean[] {false, true}) {
        try (SqlFile file = rolledUp(SqlFile.TABLE)) {
          file.run(
              "INSERT INTO skill_telemetry "
                  + COLUMNS
                  + " VALUES ("
                  + greatest
                  + ", 'greatest', "
                  + VALUES);
          file.rollUp();
          String insert =
              "INSERT OR REPLACE INTO skill_telemetry " + COLUMNS + " VALUES (" + row + ", 'x', ";
          file.run(insert + VALUES);
          if (row.equals("-1")) {
            // At the other one a second event would give away the first.
            file.run(insert + VALUES.replace("n-1", "second"));
          }
          file.run(SqlFile.insert(EVENTS + 1, EVENTS + 10));
          if (isLookedAt) {
            file.assertReportIsRight(row);
            assertEquals(Status.NOT_KEPT, file.reader().checkRollups().status());
          }
          file.run(end);
          file.assertReportIsRight(row + ", " + isLookedAt + ", " + end);
          if (row.equals("-1")) {
            assertRollupsAreRight(file);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"skill_id, timestamp", "id COLLATE NOCASE", "lower(id)"})
  void whereOtherThingsThanIdsAreUniqueNothingIsKept(String columns) throws SQLException {
    try (SqlFile file = rolledUp(SqlFile.TABLE)) {
      file.run("CREATE UNIQUE INDEX theirs ON skill_telemetry(" + columns + ")");
      file.assertReportIsRight("indexed");
      file.run(
          "INSERT OR REPLACE INTO skill_telemetry SELECT id || upper('n'), skill_id, skill_name,"
              + " session_id, agent_id, 7, outcome, timestamp FROM skill_telemetry WHERE rowid <= 100",
          "INSERT OR REPLACE INTO skill_telemetry SELECT lower(id), skill_id, skill_name,"
              + " session_id, agent_id, 8, outcome, timestamp FROM skill_telemetry WHERE id LIKE '%N'");
      file.assertReportIsRight("replaced");
      assertEquals(Status.NOT_KEPT, file.reader().checkRollups().status());
      assertFalse(file.reader().repairRollups());

      file.run("DROP INDEX theirs");
      file.assertReportIsRight("no longer unique");
      assertRollupsAreRight(file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "stale", "retained", "day", "total"})
  void aTableThatIsMissingIsMadeAgain(String table) throws SQLException {
    try (SqlFile file = rolledUp(SqlFile.TABLE)) {
      file.run("DROP TABLE autoskill_java_" + table);
      assertEquals(
          NaiveReport.of(NaiveReport.rows(file.connection()), ALL),
          SqlFile.reports(file.reader(false), ALL, new Completeness()));
      assertEquals(
          5,
          file.reader(false)
              .newestEvents(ReportQuery.ALL.skill("n-1").limit(5), new Completeness())
              .size());
      file.assertReportIsRight("dropped");
      assertRollupsAreRight(file);
      file.run("DROP TABLE autoskill_java_" + table);
      assertTrue(file.reader().repairRollups());
      assertRollupsAreRight(file);
    }
  }

  @Test
  void whatAnEarlierVersionMadeIsDropped() throws SQLException {
    try (SqlFile file = new SqlFile(directory.resolve("t.db"), SqlFile.TABLE)) {
      file.run(
          SqlFile.insert(1, EVENTS),
          "CREATE TABLE autoskill_java_state (one INTEGER PRIMARY KEY, version INTEGER NOT NULL,"
              + " triggers INTEGER NOT NULL, watermark INTEGER NOT NULL, watermark_id, disorder"
              + " INTEGER NOT NULL, pruning INTEGER NOT NULL)",
          "INSERT INTO autoskill_java_state VALUES (1, 2, 4, 3000, 'x', 0, 0)",
          "CREATE TABLE autoskill_java_word (no INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)",
          "CREATE TABLE autoskill_java_changed (row)",
          // A name that looks like a parameter.
          "CREATE TABLE \"autoskill_java_:name\" (row)",
          "CREATE INDEX autoskill_java_changed_row ON autoskill_java_changed(row)",
          "CREATE TRIGGER autoskill_java_replaced BEFORE INSERT ON skill_telemetry BEGIN SELECT 1; END",
          "CREATE TRIGGER autoskill_java_deleted AFTER DELETE ON skill_telemetry BEGIN"
              + " INSERT INTO autoskill_java_changed VALUES (OLD.rowid); END");

      file.assertReportIsRight("made anew");
      assertRollupsAreRight(file);
      assertEquals(
          8, file.number("SELECT COUNT(*) FROM sqlite_master WHERE sql GLOB '*autoskill_java_*'"));
    }
  }

  /** Ours would break each of its statements. */
  @Test
  void theTriggersGoWhenTheTableGetsAnotherShape() throws SQLException {
    try (SqlFile file = rolledUp(SqlFile.TABLE)) {
      file.run("ALTER TABLE skill_telemetry RENAME COLUMN timestamp TO moment");
      SqlFile.reports(file.reader(), ALL, new Completeness());
      assertEquals(0, file.number("SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger'"));
      file.run(
          "ALTER TABLE skill_telemetry DROP COLUMN duration_ms",
          "DELETE FROM skill_telemetry WHERE rowid = 7");
    }
  }

  @Test
  void aSkillThatOthersDeleteIsForgotten() throws SQLException {
    try (SqlFile file = rolledUp(SqlFile.TABLE)) {
      file.run("DELETE FROM skill_telemetry WHERE skill_name = 'n-3'");
      file.assertReportIsRight("deleted");
      assertEquals(0, file.number("SELECT COUNT(*) FROM autoskill_java_total WHERE skill = 'n-3'"));
      assertRollupsAreRight(file);
      assertTrue(file.reader().forget("n-4"));
      assertEquals(
          0,
          file.number(
              "SELECT (SELECT COUNT(*) FROM autoskill_java_total WHERE skill = 'n-4')"
                  + " + (SELECT COUNT(*) FROM skill_telemetry WHERE skill_name = 'n-4')"));
      assertRollupsAreRight(file);
    }
  }

  @Test
  void retainedCountsStayWhereTheLastEventOfTheirSkillIsMovedInTime() throws SQLException {
    try (SqlFile file = new SqlFile(directory.resolve("moved.db"), SqlFile.TABLE)) {
      file.run(
          SqlFile.insertOne("old", "2020-01-01T00:00:00.000Z"),
          SqlFile.insertOne("new", "2099-01-01T00:00:00.000Z"));
      Retention retention =
          new Retention(Duration.ofDays(1), null, TimeSource.system(), () -> Long.MAX_VALUE);
      assertTrue(file.reader().prune(retention));
      assertEquals(1, file.number("SELECT COUNT(*) FROM skill_telemetry"));

      file.run("UPDATE skill_telemetry SET timestamp = '2099-01-03T00:00:00.000Z'");

      assertEquals(
          2,
          SqlFile.reports(file.reader(), ALL, new Completeness()).get(0).totalUses(),
          "uses, one of them retained");
      assertRollupsAreRight(file);
    }
  }

  /** One that might fail in a trigger makes each insert take a tenth longer. */
  @Test
  void whatTriggersWriteToHasNoConstraints() throws SQLException {
    try (SqlFile file = rolledUp(SqlFile.TABLE)) {
      assertEquals(
          0,
          file.number(
              "SELECT (SELECT COUNT(*) FROM pragma_table_info('autoskill_java_stale') WHERE pk OR \"notnull\")"
                  + " + (SELECT COUNT(*) FROM pragma_index_list('autoskill_java_stale') WHERE \"unique\")"));
    }
  }

  @Test
  void theNewestEventMayGo() throws SQLException {
    try (SqlFile file = rolledUp(SqlFile.TABLE)) {
      for (int newer = 0; newer < 2; newer++) {
        for (int i = 0; i < newer; i++) {
          file.run(SqlFile.insertOne("newer", "2026-01-01T00:00:00.000Z"));
        }
        file.run("DELETE FROM skill_telemetry WHERE rowid = " + (EVENTS - newer));
        file.assertReportIsRight("deleted");
        assertEquals(4, file.number("SELECT version FROM autoskill_java_state"));
        assertRollupsAreRight(file);
      }
    }
  }

  /** As {@code .dump} does, which numbers the rows anew. */
  @Test
  void aCopyThatIsMadeWhileAChangeIsPendingIsCountedAnew() throws SQLException {
    for (int more = 0; more < 3; more++) {
      try (SqlFile file = rolledUp(SqlFile.TABLE)) {
        file.run(
            "DELETE FROM skill_telemetry WHERE rowid = 3",
            "UPDATE skill_telemetry SET outcome = 'failure' WHERE rowid = " + EVENTS,
            "CREATE TEMP TABLE noted AS SELECT * FROM autoskill_java_stale",
            "CREATE TEMP TABLE copy AS SELECT * FROM skill_telemetry ORDER BY rowid",
            "CREATE TEMP TABLE state AS SELECT * FROM autoskill_java_state",
            "DELETE FROM skill_telemetry",
            "INSERT INTO skill_telemetry SELECT * FROM copy",
            "DELETE FROM autoskill_java_stale",
            "INSERT INTO autoskill_java_stale SELECT * FROM noted",
            "DELETE FROM autoskill_java_state",
            "INSERT INTO autoskill_java_state SELECT * FROM state");
        file.run(SqlFile.insert(EVENTS + 1, EVENTS + 1 + more));
        file.assertReportIsRight("copied, and " + more);
        assertRollupsAreRight(file);
      }
    }
  }

  @Test
  void aMassDeleteLeavesFewNotes() throws SQLException {
    try (SqlFile file = new SqlFile(directory.resolve("many.db"), SqlFile.TABLE)) {
      file.run(SqlFile.insert(1, 110_000)).rollUp();
      file.run("DELETE FROM skill_telemetry WHERE rowid > 100");
      assertEquals(RollupSql.MOST_NOTES, file.number("SELECT COUNT(*) FROM autoskill_java_stale"));
      file.assertReportIsRight("deleted");
      assertRollupsAreRight(file);
      assertEquals(0, file.number("SELECT COUNT(*) FROM autoskill_java_stale"));
    }
  }

  private static void assertRollupsAreRight(SqlFile file) throws SQLException {
    long events = file.number("SELECT COUNT(*) FROM skill_telemetry");
    assertEquals(new RollupCheck(Status.RIGHT, events, events, 0), file.reader().checkRollups());
  }

  private SqlFile rolledUp(String table) throws SQLException {
    return new SqlFile(directory.resolve(System.nanoTime() + ".db"), table)
        .run(SqlFile.insert(1, EVENTS))
        .rollUp();
  }
}
