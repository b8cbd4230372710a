package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportOrder;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import dev.autoskill.telemetry.report.UseSummary;
import dev.autoskill.telemetry.report.Windows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportQueryTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @TempDir Path directory;

  @Test
  void refusesWhatMakesNoSense() {
    Instant now = Instant.parse("2026-11-22T00:00:00Z");
    assertThrows(IllegalArgumentException.class, () -> ReportQuery.ALL.limit(0));
    assertThrows(IllegalArgumentException.class, () -> ReportQuery.ALL.minimumUses(0));
    assertThrows(IllegalArgumentException.class, () -> ReportQuery.ALL.lastDays(0, ZoneOffset.UTC));
    assertThrows(IllegalArgumentException.class, () -> ReportQuery.ALL.since(now).until(now));
    assertThrows(NullPointerException.class, () -> ReportQuery.ALL.skill(null));
    try (TelemetryCollector telemetry = open()) {
      assertThrows(
          IllegalArgumentException.class,
          () -> telemetry.reports().trend(ReportQuery.ALL, TrendPeriod.DAY, BERLIN));
      assertThrows(
          IllegalArgumentException.class,
          () ->
              telemetry
                  .reports()
                  .trend(
                      ReportQuery.ALL.since(Instant.EPOCH.minusSeconds(4_000_000_000L)),
                      TrendPeriod.DAY,
                      BERLIN));
    }
  }

  @Test
  void lastDaysBeginAtMidnightOfTheZone() {
    Clock clock = Clock.fixed(Instant.parse("2026-11-22T23:30:00Z"), BERLIN);

    assertEquals(Instant.parse("2026-11-22T23:00:00Z"), ReportQuery.ALL.lastDays(1, clock).since());
    assertEquals(Instant.parse("2026-11-16T23:00:00Z"), ReportQuery.ALL.lastDays(7, clock).since());
    assertNull(ReportQuery.ALL.lastDays(7, clock).until());
  }

  @Test
  void ordersAndLimits() {
    try (TelemetryCollector telemetry = open()) {
      record(telemetry, "often", 5, Outcome.SUCCESS, 10);
      record(telemetry, "bad", 3, Outcome.FAILURE, 5);
      record(telemetry, "slow", 1, Outcome.SUCCESS, 900);

      assertEquals(List.of("often", "bad", "slow"), names(telemetry, ReportQuery.ALL));
      assertEquals(
          List.of("slow", "often", "bad"),
          names(telemetry, ReportQuery.ALL.order(ReportOrder.SLOWEST)));
      assertEquals(
          List.of("bad", "often", "slow"),
          names(telemetry, ReportQuery.ALL.order(ReportOrder.NAME)));
      assertEquals(
          "bad",
          names(telemetry, ReportQuery.ALL.order(ReportOrder.LEAST_SUCCESSFUL).limit(1)).get(0));
      assertEquals(List.of("often", "bad"), names(telemetry, ReportQuery.ALL.minimumUses(2)));
    }
  }

  @Test
  void aTrendHasEveryPeriodAndCutsDaysAtMidnightOfTheZone() throws SQLException {
    try (TelemetryCollector telemetry = open()) {
      telemetry.recordEvent(SkillUse.of("now"));
      telemetry.flush(Duration.ofMinutes(1));
      // The clocks go back in the night to Sunday, 25 October: that day has 25 hours.
      insert("2026-10-24T21:59:59.999Z", 10);
      insert("2026-10-24T22:00:00.000Z", 20);
      insert("2026-10-25T22:59:59.999999+00:00", 30);
      insert("2026-10-25 23:00:00", 40);
      insert("2026-10-27T01:00:00+02:00", 50);
      ReportQuery query =
          ReportQuery.ALL
              .since(Instant.parse("2026-10-23T22:00:00Z"))
              .until(Instant.parse("2026-10-28T12:00:00Z"));

      List<TrendPoint> days = telemetry.reports().trend(query, TrendPeriod.DAY, BERLIN);
      List<TrendPoint> weeks = telemetry.reports().trend(query, TrendPeriod.WEEK, ZoneOffset.UTC);

      assertEquals(List.of(1L, 2L, 1L, 1L, 0L), days.stream().map(TrendPoint::uses).toList());
      assertEquals(LocalDate.parse("2026-10-24"), days.get(0).start());
      assertEquals(Duration.ofHours(25), Duration.between(days.get(1).from(), days.get(1).until()));
      assertEquals(20L, days.get(1).p50Ms());
      assertNull(days.get(4).p50Ms());
      assertNull(days.get(4).attemptedSuccessRate());
      assertEquals(query.until(), days.get(4).until());
      assertEquals(List.of(4L, 1L), weeks.stream().map(TrendPoint::uses).toList());
      assertEquals(
          List.of(LocalDate.parse("2026-10-19"), LocalDate.parse("2026-10-26")),
          weeks.stream().map(TrendPoint::start).toList());
    }
  }

  @Test
  void aTrendThatBeginsInTheFutureIsEmpty() {
    try (TelemetryCollector telemetry = open()) {
      telemetry.recordEvent(SkillUse.of("now"));
      ReportQuery query = ReportQuery.ALL.since(Instant.now().plusSeconds(3600));

      assertEquals(List.of(), telemetry.reports().trend(query, TrendPeriod.DAY, ZoneOffset.UTC));
      assertEquals(0, telemetry.stats().faults());
    }
  }

  @Test
  void summarisesAgentsAndWindowsForComparisons() throws SQLException {
    try (TelemetryCollector telemetry = open()) {
      telemetry.recordEvent(SkillUse.of("now"));
      telemetry.flush(Duration.ofMinutes(1));
      for (int i = 0; i < 100; i++) {
        insert("worse", "old", "success", "2026-10-20T10:00:00.000Z", 10);
        insert("worse", "new", i % 2 == 0 ? "success" : "failure", "2026-11-20T10:00:00.000Z", 10);
        insert("same", "old", "success", "2026-10-20T10:00:00.000Z", 10);
        insert("same", "old", "success", "2026-11-20T10:00:00.000Z", 10);
      }
      ReportQuery worse = ReportQuery.ALL.skill("worse");

      List<UseSummary> summaries =
          telemetry
              .reports()
              .summaries(
                  List.of(
                      worse.agent("old"), worse.agent("new"), ReportQuery.ALL.skill("unknown")));
      assertEquals(List.of(100L, 100L, 0L), summaries.stream().map(s -> s.attempts()).toList());
      assertEquals(List.of(100L, 50L, 0L), summaries.stream().map(s -> s.successes()).toList());
      Map<String, Windows> windows =
          telemetry
              .reports()
              .windows(
                  Instant.parse("2026-10-02T12:00:00Z"),
                  ReportQuery.ALL.since(Instant.parse("2026-11-01T12:00:00Z")));
      assertEquals(Set.of("worse", "same", "now"), windows.keySet());
      assertEquals(100, windows.get("worse").baseline().successes());
      assertEquals(50, windows.get("worse").current().successes());
      assertEquals(UseSummary.NONE, windows.get("now").baseline());
    }
  }

  @Test
  void whoOptedOutGetsAnswersAndNothingIsWritten() throws Exception {
    try (TelemetryCollector telemetry = open()) {
      record(telemetry, "a", 3, Outcome.SUCCESS, 1);
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM autoskill_java_state");
    } catch (SQLException e) {
      // The collector may have been too quick to make it.
    }
    byte[] before = Files.readAllBytes(database());
    try (TelemetryCollector telemetry =
        TestTelemetry.open(
            TelemetryConfig.builder().database(database()), Map.of("DO_NOT_TRACK", "1"))) {
      assertEquals(3, telemetry.getEffectivenessReport().get(0).totalUses());
      assertFalse(telemetry.reports().repairRollups());
    }
    assertArrayEquals(before, Files.readAllBytes(database()));
  }

  private static void record(
      TelemetryCollector telemetry, String skill, int uses, Outcome outcome, long ms) {
    for (int i = 0; i < uses; i++) {
      telemetry.recordEvent(SkillUse.of(skill).outcome(outcome).duration(Duration.ofMillis(ms)));
    }
  }

  private static List<String> names(TelemetryCollector telemetry, ReportQuery query) {
    return telemetry.reports().effectiveness(query).stream()
        .map(EffectivenessReport::skillName)
        .toList();
  }

  private void insert(String timestamp, long ms) throws SQLException {
    insert("theirs", "a", "success", timestamp, ms);
  }

  private void insert(String skill, String agent, String outcome, String timestamp, long ms)
      throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 60000");
      statement.execute(
          "INSERT INTO skill_telemetry VALUES (lower(hex(randomblob(16))), '%s', '%s', 's', '%s', %d, '%s', '%s')"
              .formatted(skill, skill, agent, ms, outcome, timestamp));
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + database());
  }

  private Path database() {
    return directory.resolve("telemetry.db");
  }

  private TelemetryCollector open() {
    return TestTelemetry.open(database());
  }
}
