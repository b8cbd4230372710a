package dev.autoskill.telemetry.benchmarks.reports;

import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.TrendPeriod;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** The queries, as the library asks them and as auto-skill's own tools do. */
enum MeasuredQuery {
  WHOLE_REPORT("whole report") {
    @Override
    void askOurs(MeasuredFile file) {
      file.telemetry().getEffectivenessReport();
    }

    @Override
    void askTheirs(MeasuredFile file) throws SQLException {
      file.theirs().report("TRUE");
    }
  },

  ONE_SKILL("report of one skill") {
    @Override
    void askOurs(MeasuredFile file) {
      file.telemetry().getEffectivenessReport(SKILL);
    }

    @Override
    void askTheirs(MeasuredFile file) throws SQLException {
      file.theirs().report("skill_name = '" + SKILL + "'");
    }
  },

  LAST_DAYS("report of the last 7 days") {
    @Override
    void askOurs(MeasuredFile file) {
      file.telemetry().reports().effectiveness(ReportQuery.ALL.since(WEEK_AGO));
    }

    @Override
    void askTheirs(MeasuredFile file) throws SQLException {
      file.theirs().report("timestamp >= '" + WEEK_AGO + "'");
    }
  },

  TREND("trend of one skill, by day") {
    @Override
    void askOurs(MeasuredFile file) {
      file.telemetry().reports().trend(YEAR.skill(SKILL), TrendPeriod.DAY, ZoneOffset.UTC);
    }

    @Override
    void askTheirs(MeasuredFile file) throws SQLException {
      file.theirs()
          .rows(
              "SELECT substr(timestamp, 1, 10), COUNT(*), AVG(duration_ms) FROM skill_telemetry"
                  + " WHERE skill_name = '"
                  + SKILL
                  + "' GROUP BY 1");
    }
  },

  EVENTS("getEvents(skill, 100)") {
    @Override
    void askOurs(MeasuredFile file) {
      file.telemetry().getEvents(SKILL, 100);
    }

    @Override
    void askTheirs(MeasuredFile file) throws SQLException {
      file.theirs()
          .rows(
              "SELECT * FROM skill_telemetry WHERE skill_name = '"
                  + SKILL
                  + "' ORDER BY timestamp DESC LIMIT 100");
    }
  };

  private static final String SKILL = "skill-07";
  private static final Instant END = EventFile.START.plus(Duration.ofDays(EventFile.DAYS));
  private static final Instant WEEK_AGO = END.minus(Duration.ofDays(7));
  private static final ReportQuery YEAR = ReportQuery.ALL.since(EventFile.START).until(END);

  private final String title;

  MeasuredQuery(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  abstract void askOurs(MeasuredFile file);

  abstract void askTheirs(MeasuredFile file) throws SQLException;
}
