package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.ReportQuery;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows that end nowhere, and timestamps that are numbers. */
class StrangeTimesTest {

  @TempDir Path directory;

  @Test
  void windowsMayBeginAndEndAtTheEndsOfTime() throws SQLException {
    try (SqlFile file = new SqlFile(directory.resolve("t.db"), SqlFile.TABLE)) {
      file.run(SqlFile.insert(1, 2000)).rollUp();
      List<NaiveReport.Row> rows = NaiveReport.rows(file.connection());
      for (ReportQuery query :
          List.of(
              ReportQuery.ALL.until(Instant.MAX),
              ReportQuery.ALL.since(Instant.MAX),
              ReportQuery.ALL.since(Instant.MIN),
              ReportQuery.ALL.since(Instant.MIN.plusNanos(1)),
              ReportQuery.ALL.since(Instant.MIN.plusNanos(1)).until(Instant.MAX))) {
        assertEquals(
            NaiveReport.of(rows, query),
            SqlFile.reports(file.reader(), query, new Completeness()),
            query.toString());
      }
      file.reader()
          .uses(
              null,
              new Completeness(),
              of -> of.apply(ReportQuery.ALL.since(Instant.MAX)).windows(Instant.MIN));
      assertEquals(List.of(), file.faults());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRUE", "rowid % 1000 > 9"})
  void theNewestEventsAreFoundWhereTimestampsAreNumbers(String which) throws SQLException {
    String table = SqlFile.TABLE.replace("timestamp TEXT", "timestamp INTEGER");
    try (SqlFile file = new SqlFile(directory.resolve("t.db"), table)) {
      file.run(
          SqlFile.insert(1, 9000),
          "UPDATE skill_telemetry SET timestamp = 1795350291300 + rowid WHERE " + which);
      file.rollUp();
      for (int limit : new int[] {1, 10, 600}) {
        assertEquals(
            SqliteConnections.forReading(file.path(), Duration.ofSeconds(5))
                .withHandle(
                    handle ->
                        SqliteEventReader.select(
                                handle,
                                "skill_name = :skill",
                                "timestamp DESC, rowid DESC LIMIT " + limit,
                                Map.of("skill", "n-1"))
                            .list()),
            file.reader()
                .newestEvents(ReportQuery.ALL.skill("n-1").limit(limit), new Completeness()));
      }
    }
  }
}
