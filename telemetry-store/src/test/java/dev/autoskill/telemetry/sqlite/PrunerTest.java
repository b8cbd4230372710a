package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.recording.TimeSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retention deletes what is old, and nothing of which nobody knows how old it is. */
class PrunerTest {

  private static final String[] NO_DATES = {
    "", "1 hour ago", "12/31/2099", "1795350291300", "yesterday", "2020-01-01 or so", "-"
  };

  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

  private static final TimeSource TIME =
      new TimeSource() {
        @Override
        public long nanoTime() {
          return 0;
        }

        @Override
        public long currentTimeMillis() {
          return NOW.toEpochMilli();
        }
      };

  @TempDir Path directory;

  @Test
  void whatHasNoDateIsNeverTooOldAndKeepsNothingElseFromBeing() throws SQLException {
    try (SqlFile file = new SqlFile(directory.resolve("t.db"), SqlFile.TABLE, SqlFile.INDEX)) {
      int undated = 0;
      for (String text : NO_DATES) {
        // More than are looked at in one step.
        for (int i = 0; i < 200; i++) {
          file.run(SqlFile.insertOne("undated-" + undated++, text));
        }
      }
      file.run(SqlFile.insertOne("new", "2026-11-24T10:00:00.000Z"));
      file.run(SqlFile.insert(1, 1000));

      prune(file);

      assertEquals(
          undated, file.number("SELECT COUNT(*) FROM skill_telemetry WHERE id LIKE 'undated-%'"));
      assertEquals(undated + 1, file.number("SELECT COUNT(*) FROM skill_telemetry"));
      assertEquals(0, file.reader().checkRollups().differences());
    }
  }

  @Test
  void timestampsThatAreNumbersAreNotTooOld() throws SQLException {
    String table = SqlFile.TABLE.replace("timestamp TEXT", "timestamp INTEGER");
    try (SqlFile file = new SqlFile(directory.resolve("t.db"), table)) {
      file.run(
          SqlFile.insert(1, 2000), "UPDATE skill_telemetry SET timestamp = 1795350291300 + rowid");

      prune(file);

      assertEquals(2000, file.number("SELECT COUNT(*) FROM skill_telemetry"));
    }
  }

  @Test
  void whatMayNotGoYetStays() throws SQLException {
    try (SqlFile file = new SqlFile(directory.resolve("t.db"), SqlFile.TABLE, SqlFile.INDEX)) {
      file.run(SqlFile.insert(1, 2000));

      prune(file, 1_500);

      assertEquals(1_501, file.number("SELECT MIN(rowid) FROM skill_telemetry"));
      assertEquals(500, file.number("SELECT COUNT(*) FROM skill_telemetry"));
    }
  }

  private static void prune(SqlFile file) throws SQLException {
    prune(file, Long.MAX_VALUE);
  }

  private static void prune(SqlFile file, long lastRow) throws SQLException {
    try (Handle handle = SqliteConnections.forWriting(file.path(), Duration.ofSeconds(5)).open()) {
      Rollups keeper =
          new Rollups(handle, new Retention(Duration.ofDays(7), null, TIME, () -> lastRow));
      boolean hasMore = true;
      while (hasMore) {
        hasMore = keeper.step();
      }
    }
  }
}
