package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.TimeSource;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spools wait, and the database can be read but takes no event. */
class RefusedSpoolsTest {

  private static final Path SPOOL = Path.of("src/test/resources/spool/version-3.spool");

  @TempDir Path directory;

  /** Not for as long as a query may take, which is minutes here. */
  @Test
  @Timeout(60)
  void aReportDoesNotWaitForWhatWaitingCannotMend() throws SQLException, IOException {
    Path database = directory.resolve("telemetry.db");
    TelemetryConfig config =
        TelemetryConfig.builder().database(database).queryTimeout(Duration.ofMinutes(30)).build();
    try (TelemetryCollector telemetry = open(config, Map.of())) {
      telemetry.recordEvent(SkillUse.of("a"));
    }
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database)) {
      other.createStatement().execute("PRAGMA user_version = 1000");
    }
    Path spools = Files.createDirectories(directory.resolve("telemetry.db-spool"));
    Files.copy(SPOOL, spools.resolve("0123456789abcdef0123456789abcdef.spool"));

    for (String variable : List.of("DO_NOT_TRACK", "NONE")) {
      try (TelemetryCollector telemetry = open(config, Map.of(variable, "1"))) {
        Reports reports = telemetry.reports();
        assertEquals(1, reports.effectiveness(ReportQuery.ALL).size());
        assertFalse(reports.isComplete());
      }
    }
  }

  private static TelemetryCollector open(TelemetryConfig config, Map<String, String> variables) {
    return TelemetryCollector.open(config, Environment.of(variables), TimeSource.system());
  }
}
