package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.CurrentSkill;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.error.ErrorCount;
import dev.autoskill.telemetry.error.ErrorDetail;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.RollupCheck.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The classes of the exceptions by which uses failed. */
class ErrorsTest {

  private static final String MESSAGE = "what nobody may read";
  private static final ErrorCount IO = new ErrorCount("java.io.IOException", 1);

  @TempDir Path directory;

  /** An exception whose class a test hides. */
  static final class Hidden extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Test
  void theMostFrequentErrorsOfASkillComeFirst() {
    try (TelemetryCollector telemetry = open()) {
      fail(telemetry, "a", new IOException(MESSAGE));
      fail(telemetry, "a", new IllegalStateException(MESSAGE, new IOException()));
      fail(telemetry, "a", new IllegalStateException());
      fail(telemetry, "a", new StackOverflowError());
      fail(telemetry, "b", new IOException());

      assertEquals(
          Map.of(
              "a",
              List.of(new ErrorCount("java.lang.IllegalStateException", 2), IO),
              "b",
              List.of(IO)),
          telemetry.reports().errors(ReportQuery.ALL, 2));
      assertThrows(
          IllegalArgumentException.class, () -> telemetry.reports().errors(ReportQuery.ALL, 0));
    }
  }

  @Test
  void ofAFailedStageTheExceptionCountsAndNotItsWrapper() {
    try (TelemetryCollector telemetry = open()) {
      telemetry.call(
          "a", () -> CompletableFuture.failedFuture(new IOException()).thenApply(any -> any));

      assertEquals(Map.of("a", List.of(IO)), errors(telemetry));
    }
  }

  @Test
  void onlyAFailureByAnExceptionHasAnError() throws SQLException {
    try (TelemetryCollector telemetry = open()) {
      fail(telemetry, "cancelled", new CancellationException());
      telemetry.recordEvent(SkillUse.of("recorded").outcome(Outcome.FAILURE));
      telemetry.call("returned", () -> new IOException("a value"));
      telemetry.call("told", () -> Outcome.FAILURE);
      fail(telemetry, "partial", new IOException(), CurrentSkill::partial);
      fail(telemetry, "failed", new IOException());

      assertEquals(Map.of("failed", List.of(IO)), errors(telemetry));
      assertEquals(1, number("SELECT COUNT(*) FROM autoskill_java_errors"));
    }
  }

  @Test
  void aQueryNarrowsTheErrors() {
    try (TelemetryCollector telemetry = open()) {
      fail(telemetry, "a", new IOException());
      SkillContext.Scope scope = SkillContext.ofSession("s-1").withAgent("cursor").open();
      fail(telemetry, "b", new IOException());
      scope.close();
      Map<String, List<ErrorCount>> onlyB = Map.of("b", List.of(IO));
      Instant soon = Instant.now().plusSeconds(60);

      Reports reports = telemetry.reports();
      assertEquals(onlyB, reports.errors(ReportQuery.ALL.skill("b"), 3));
      assertEquals(onlyB, reports.errors(ReportQuery.ALL.agent("cursor"), 3));
      assertEquals(onlyB, reports.errors(ReportQuery.ALL.session("s-1"), 3));
      assertEquals(2, reports.errors(ReportQuery.ALL.since(soon.minusSeconds(3600)), 3).size());
      assertEquals(Map.of(), reports.errors(ReportQuery.ALL.since(soon), 3));
      assertEquals(Map.of(), reports.errors(ReportQuery.ALL.until(Instant.EPOCH), 3));
    }
  }

  @Test
  void aHiddenClassIsNamedWithoutItsAddress() throws Exception {
    byte[] bytes;
    try (InputStream in = ErrorsTest.class.getResourceAsStream("ErrorsTest$Hidden.class")) {
      bytes = in.readAllBytes();
    }
    Class<?> hidden = MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
    try (TelemetryCollector telemetry = open()) {
      fail(telemetry, "a", (Throwable) hidden.getDeclaredConstructor().newInstance());

      ErrorCount expected = new ErrorCount(Hidden.class.getName(), 1);
      assertEquals(Map.of("a", List.of(expected)), errors(telemetry));
    }
  }

  @Test
  void unlessASettingAsksForItNothingIsKept() throws SQLException {
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      fail(telemetry, "a", new IOException());
      assertEquals(Map.of(), errors(telemetry));
    }
    try (TelemetryCollector telemetry = open()) {
      telemetry.run("a", () -> {});
      assertEquals(Map.of(), errors(telemetry));
    }

    assertEquals(0, number("SELECT COUNT(*) FROM sqlite_master WHERE name LIKE '%errors%'"));
  }

  @Test
  void noMessageIsInAnyFile() throws IOException {
    try (TelemetryCollector telemetry = open()) {
      fail(telemetry, "a", new IOException(MESSAGE));
      assertEquals(Map.of("a", List.of(IO)), errors(telemetry));

      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
          assertFalse(bytes.contains(MESSAGE), file.toString());
        }
      }
    }
  }

  @Test
  void aKilledProcessLeavesItsErrorsToTheNextAndStoringThemAgainChangesNothing()
      throws IOException, InterruptedException, SQLException {
    try (SpoolingProcess process =
        SpoolingProcess.start(database(), "fails and waits", 20).awaitReady()) {
      process.kill();
    }
    Path spools = directory.resolve("telemetry.db-spool");
    Path spool;
    try (Stream<Path> files = Files.list(spools)) {
      spool = files.findAny().orElseThrow();
    }
    byte[] left = Files.readAllBytes(spool);
    Map<String, List<ErrorCount>> expected =
        Map.of(
            SpoolingProgram.SKILL,
            List.of(new ErrorCount(UncheckedIOException.class.getName(), 20)));

    for (int round = 0; round < 2; round++) {
      Files.write(spool, left);
      try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
        assertEquals(expected, errors(telemetry));
      }
      assertTrue(Files.notExists(spool));
    }
    assertEquals(20, number("SELECT COUNT(*) FROM autoskill_java_errors"));
  }

  @Test
  void errorsGoWithTheirEvents() throws SQLException {
    try (TelemetryCollector telemetry = open()) {
      fail(telemetry, "forgotten", new IOException());
      fail(telemetry, "deleted", new IOException());
      fail(telemetry, "kept", new IOException());
      assertEquals(3, errors(telemetry).size());

      assertTrue(telemetry.reports().forget("forgotten"));
      assertEquals(2, number("SELECT COUNT(*) FROM autoskill_java_errors"));
      sql("DELETE FROM skill_telemetry WHERE skill_name = 'deleted'");
      assertEquals(1, number("SELECT COUNT(*) FROM autoskill_java_errors"));

      assertEquals(Map.of("kept", List.of(IO)), errors(telemetry));
      assertEquals(1, telemetry.getEffectivenessReport().size());
      assertEquals(Status.RIGHT, telemetry.reports().checkRollups().status());
      sql("UPDATE skill_telemetry SET outcome = 'success'");
      assertEquals(Map.of(), errors(telemetry));
    }
  }

  @Test
  void retentionDeletesErrorsWithTheirEvents() throws SQLException {
    long old = Instant.now().minus(Duration.ofDays(10)).toEpochMilli();
    try (TelemetryCollector telemetry = TestTelemetry.openAt(old, config())) {
      fail(telemetry, "a", new IOException());
    }
    try (TelemetryCollector telemetry = open()) {
      fail(telemetry, "a", new IllegalStateException());
      assertEquals(2, errors(telemetry).get("a").size());

      assertTrue(telemetry.reports().prune(Duration.ofDays(5)));

      assertEquals(1, errors(telemetry).get("a").size());
      assertEquals(1, number("SELECT COUNT(*) FROM autoskill_java_errors"));
      assertEquals(2, telemetry.getEffectivenessReport("a").get(0).failureCount());
      assertEquals(Status.RIGHT, telemetry.reports().checkRollups().status());
    }
  }

  /** Somebody may have dropped the trigger, and with it the notice of a deletion. */
  @Test
  void whatIsLeftWithoutItsEventGoesWithTheNextErrorAndWithAnyForgottenSkill() throws SQLException {
    try (TelemetryCollector telemetry = open()) {
      for (int round = 0; round < 2; round++) {
        fail(telemetry, "a", new IOException());
        assertEquals(Map.of("a", List.of(IO)), errors(telemetry));
        sql("DROP TRIGGER autoskill_java_errors_deleted", "DELETE FROM skill_telemetry");
        assertEquals(Map.of(), errors(telemetry));
        assertEquals(1, number("SELECT COUNT(*) FROM autoskill_java_errors"));
      }

      assertTrue(telemetry.reports().forget("another"));
      assertEquals(0, number("SELECT COUNT(*) FROM autoskill_java_errors"));
    }
  }

  @Test
  void rollupsAreCountedAnewBesideTheErrors() throws SQLException {
    try (TelemetryCollector telemetry = open()) {
      fail(telemetry, "a", new IOException());
      assertEquals(1, errors(telemetry).size());
      sql("VACUUM");

      assertTrue(telemetry.reports().repairRollups());

      assertEquals(Map.of("a", List.of(IO)), errors(telemetry));
      assertEquals(Status.RIGHT, telemetry.reports().checkRollups().status());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE autoskill_java_errors (id, error)",
        "CREATE TABLE autoskill_java_errors_deleted (id)",
        "CREATE TABLE AutoSkill_Java_Errors (no INTEGER PRIMARY KEY)",
        "CREATE VIEW autoskill_java_errors AS SELECT id, outcome AS error FROM skill_telemetry",
        "CREATE INDEX autoskill_java_errors ON skill_telemetry(outcome)"
      })
  void somethingElseOfThatNameIsLeftAlone(String statement) throws SQLException {
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      telemetry.run("a", () -> {});
    }
    sql(statement);

    try (TelemetryCollector telemetry = open()) {
      fail(telemetry, "a", new IOException());
      Reports reports = telemetry.reports();

      assertEquals(Map.of(), reports.errors(ReportQuery.ALL, 3));
      assertEquals(1, telemetry.getEffectivenessReport("a").get(0).failureCount());
      assertTrue(reports.forget("a"));
      assertTrue(reports.isComplete());
      assertEquals(0, telemetry.stats().failed());
      assertEquals(0, telemetry.stats().faults());
    }
    assertEquals(
        1, number("SELECT COUNT(*) FROM sqlite_master WHERE lower(name) GLOB '*_errors*'"));
  }

  @Test
  void anErrorThatCannotBeStoredCostsNoEvent() throws SQLException {
    try (TelemetryCollector telemetry = open()) {
      fail(telemetry, "a", new IOException());
      assertEquals(1, errors(telemetry).size());
      sql(
          "CREATE TRIGGER forbidden BEFORE INSERT ON autoskill_java_errors BEGIN"
              + " SELECT RAISE(ABORT, 'not here'); END");

      fail(telemetry, "b", new IOException());

      assertEquals(Map.of("a", List.of(IO)), errors(telemetry));
      assertEquals(2, telemetry.getEffectivenessReport().size());
      assertEquals(1, telemetry.stats().faults());
    }
  }

  @Test
  void aDamagedTableCostsNoEvent() throws IOException, SQLException {
    long page;
    long pageBytes;
    try (TelemetryCollector telemetry = open()) {
      fail(telemetry, "a", new IOException());
      assertEquals(1, errors(telemetry).size());
    }
    page = number("SELECT rootpage FROM sqlite_master WHERE name = 'autoskill_java_errors'");
    pageBytes = number("PRAGMA page_size");
    try (RandomAccessFile file = new RandomAccessFile(database().toFile(), "rw")) {
      file.seek((page - 1) * pageBytes);
      file.write(new byte[100]);
    }

    try (TelemetryCollector telemetry = open()) {
      fail(telemetry, "b", new IOException());

      assertEquals(2, telemetry.getEffectivenessReport().size());
      Reports reports = telemetry.reports();
      assertEquals(Map.of(), reports.errors(ReportQuery.ALL, 3));
      assertFalse(reports.isComplete());
    }
  }

  @Test
  void aFileThatCannotBeWrittenStillAnswers() throws IOException, SQLException {
    try (TelemetryCollector telemetry = open()) {
      fail(telemetry, "a", new IOException());
    }
    Files.setPosixFilePermissions(database(), PosixFilePermissions.fromString("r--------"));

    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      assertEquals(Map.of("a", List.of(IO)), errors(telemetry));
    }
  }

  @Test
  void whereThereIsNoDatabaseThereAreNoErrors() {
    try (TelemetryCollector telemetry = open()) {
      assertEquals(Map.of(), errors(telemetry));
    }
    assertTrue(Files.notExists(database()));
  }

  private static Map<String, List<ErrorCount>> errors(TelemetryCollector telemetry) {
    Reports reports = telemetry.reports();
    Map<String, List<ErrorCount>> errors = reports.errors(ReportQuery.ALL, 3);
    assertTrue(reports.isComplete(), reports.whyIncomplete());
    return errors;
  }

  private static void fail(TelemetryCollector telemetry, String skill, Throwable thrown) {
    fail(telemetry, skill, thrown, () -> {});
  }

  private static void fail(
      TelemetryCollector telemetry, String skill, Throwable thrown, Runnable before) {
    Throwable seen =
        assertThrows(
            Throwable.class,
            () ->
                telemetry.use(
                    skill,
                    () -> {
                      before.run();
                      if (thrown instanceof Error error) {
                        throw error;
                      }
                      throw (Exception) thrown;
                    }));
    assertEquals(thrown, seen);
  }

  private TelemetryCollector open() {
    return TestTelemetry.open(config(), Map.of());
  }

  private TelemetryConfig.Builder config() {
    return TelemetryConfig.builder().database(database()).errors(ErrorDetail.CLASS);
  }

  private Path database() {
    return directory.resolve("telemetry.db");
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.getLong(1);
    }
  }
}
