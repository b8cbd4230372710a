package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that another user has put beside the database, in a directory where everybody may. */
@DisabledOnOs(OS.WINDOWS)
class ForeignFilesTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path directory;

  private Path database;

  @BeforeEach
  void makeADatabase() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
    Files.setAttribute(directory, "unix:mode", 01777);
    Files.createFile(directory.resolve("another"));
    database = directory.resolve("telemetry.db");
    try (TelemetryCollector telemetry = TestTelemetry.open(database)) {
      telemetry.recordEvent(SkillUse.of("before"));
      assertTrue(telemetry.flush(MINUTE));
    }
  }

  @AfterEach
  void awaitEndOfThreads() throws InterruptedException {
    TestTelemetry.awaitEndOfThreads();
  }

  /** SQLite would write into them, or believe what is in them. */
  @ParameterizedTest
  @ValueSource(strings = {"-wal", "-shm", "-journal"})
  void nothingIsWrittenWhereALogIsAnothers(String suffix) throws IOException {
    Path foreign = giveAway(Files.createFile(directory.resolve("telemetry.db" + suffix)));
    byte[] before = Files.readAllBytes(database);
    TelemetryConfig.Builder config =
        TelemetryConfig.builder()
            .database(database)
            .queryTimeout(Duration.ofMillis(100))
            .closeTimeout(Duration.ofMillis(10));
    try (TelemetryCollector telemetry = TestTelemetry.open(config, Map.of())) {
      telemetry.recordEvent(SkillUse.of("after"));
      assertFalse(telemetry.flush(Duration.ofSeconds(1)));

      assertEquals(
          List.of("the database's file belongs to another user"),
          telemetry.diagnostics().troubles());
      Reports reports = telemetry.reports();
      assertEquals(List.of(), reports.effectiveness(ReportQuery.ALL));
      assertFalse(reports.isComplete());
      assertEquals(12345, Files.getAttribute(foreign, "unix:uid"));
      assertEquals(0, Files.size(foreign));
      assertArrayEquals(before, Files.readAllBytes(database));

      Files.delete(foreign);
      assertTrue(telemetry.flush(MINUTE));
      assertEquals(2, telemetry.getEvents().size());
    }
  }

  private static Path giveAway(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    return Files.setAttribute(file, "unix:uid", 12345);
  }
}
