package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.writer.TimeSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.ProgressHandler;

/**
 * No step holds the write lock for long, whatever others did. Counted in instructions of SQLite's
 * machine, which are the same on every computer.
 */
class RollupStepsTest {

  private static final int EVENTS = 30_000;

  /** The events are of 300 days. */
  private static final int SECONDS_APART = 300 * 86_400 / EVENTS;

  private static final int INSTRUCTIONS_A_TICK = 1000;

  @TempDir Path directory;

  private long ticks;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM skill_telemetry WHERE rowid % 97 = 0",
        "DELETE FROM skill_telemetry WHERE rowid % 1009 = 0",
        "DELETE FROM skill_telemetry WHERE rowid = 1",
        "DELETE FROM skill_telemetry WHERE rowid < 2000",
        "UPDATE skill_telemetry SET outcome = 'success' WHERE skill_name = 'n-3'",
        "UPDATE skill_telemetry SET timestamp = '2024-01-01 00:00:00' WHERE rowid % 101 = 0"
      })
  void noStepAfterForeignChangesTakesMuchLongerThanOneThatRollsUp(String change)
      throws SQLException {
    assertStepsStaySmall(change, true, null);
    assertStepsStaySmall(change, false, "yesterday");
  }

  @Test
  void noStepThatCountsAnewTakesMuchLongerThanOneThatRollsUp() throws SQLException {
    assertStepsStaySmall("DROP TRIGGER autoskill_java_deleted", true, null);
  }

  @Test
  void aStepForgetsOnlySoMuchOfWhatWasCounted() throws SQLException {
    String rows =
        "SELECT (SELECT COUNT(*) FROM autoskill_java_day) + (SELECT COUNT(*) FROM autoskill_java_total)"
            + " + (SELECT COUNT(*) FROM autoskill_java_session)"
            + " + (SELECT COUNT(*) FROM autoskill_java_session_day)";
    Path path = directory.resolve("forgotten.db");
    try (SqlFile file = new SqlFile(path, SqlFile.TABLE, SqlFile.insert(1, EVENTS, SECONDS_APART));
        Handle handle = SqliteConnections.forWriting(path, Duration.ofSeconds(5)).open()) {
      file.rollUp();
      file.run("DROP TRIGGER autoskill_java_deleted");
      long before = file.number(rows);
      assertTrue(before > RollupKeeper.SMALLEST_STEP);

      assertTrue(new RollupKeeper(handle, null).step());

      assertTrue(file.number(rows) >= before - RollupKeeper.SMALLEST_STEP);
      file.assertReportIsRight("counted anew");
    }
  }

  private void assertStepsStaySmall(String change, boolean isIndexed, @Nullable String timestamp)
      throws SQLException {
    Path path = directory.resolve(System.nanoTime() + ".db");
    try (SqlFile file = new SqlFile(path, SqlFile.TABLE)) {
      if (isIndexed) {
        file.run(SqlFile.INDEX);
      }
      file.run(SqlFile.insert(1, EVENTS, SECONDS_APART));
      if (timestamp != null) {
        file.run(SqlFile.insertOne("bad", timestamp));
      }
      long rollingUp = longestStep(path, null);

      file.run(change);
      long longest = longestStep(path, null);

      assertTrue(
          longest <= 2 * rollingUp,
          "%s, %s: %d, rolling up: %d".formatted(change, timestamp, longest, rollingUp));
      file.assertReportIsRight(change);
      assertEquals(0, file.reader().checkRollups().differences(), change);
    }
  }

  @Test
  void noStepOfRetentionTakesMuchLongerThanOneThatRollsUp() throws SQLException {
    Path path = directory.resolve("retention.db");
    TimeSource time =
        new TimeSource() {
          @Override
          public long nanoTime() {
            return 0;
          }

          @Override
          public long currentTimeMillis() {
            return Instant.ofEpochSecond(1_700_000_000L + (long) EVENTS * SECONDS_APART)
                .toEpochMilli();
          }
        };
    try (SqlFile file = new SqlFile(path, SqlFile.TABLE, SqlFile.INDEX)) {
      file.run(SqlFile.insert(1, EVENTS, SECONDS_APART));
      long rollingUp = longestStep(path, null);

      long longest = longestStep(path, new Retention(Duration.ofDays(250), null, time));

      assertTrue(file.number("SELECT COUNT(*) FROM skill_telemetry") < EVENTS - 4000);
      assertTrue(longest <= rollingUp, "%d, rolling up: %d".formatted(longest, rollingUp));
    }
  }

  /** Does all steps, each of the smallest size. */
  private long longestStep(Path path, @Nullable Retention retention) throws SQLException {
    long longest = 0;
    boolean hasMore = true;
    try (Handle handle = SqliteConnections.forWriting(path, Duration.ofSeconds(5)).open()) {
      ProgressHandler.setHandler(
          handle.getConnection(),
          INSTRUCTIONS_A_TICK,
          new ProgressHandler() {
            @Override
            protected int progress() {
              ticks++;
              return 0;
            }
          });
      while (hasMore) {
        ticks = 0;
        hasMore = new RollupKeeper(handle, retention).step();
        longest = Math.max(longest, ticks);
      }
      ProgressHandler.clearHandler(handle.getConnection());
    }
    return longest;
  }
}
