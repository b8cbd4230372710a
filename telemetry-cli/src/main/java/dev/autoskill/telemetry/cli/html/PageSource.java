package dev.autoskill.telemetry.cli.html;

import dev.autoskill.telemetry.Reports;
import dev.autoskill.telemetry.error.ErrorCount;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import dev.autoskill.telemetry.report.Windows;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Answers the queries of a page, as {@link Reports} do. */
public interface PageSource {

  /**
   * {@return one report per skill}
   *
   * @param query as for {@link Reports#effectiveness}
   */
  List<EffectivenessReport> effectiveness(ReportQuery query);

  /**
   * {@return the newest events}
   *
   * @param query as for {@link Reports#events}
   */
  List<TelemetryEvent> events(ReportQuery query);

  /**
   * {@return the trend of each skill that was used, by its name}
   *
   * @param query as for {@link Reports#trends}
   * @param period the length of the periods
   * @param zone where days begin at midnight
   */
  Map<String, List<TrendPoint>> trends(ReportQuery query, TrendPeriod period, ZoneId zone);

  /**
   * {@return the two windows of each skill that was used in the second, by its name}
   *
   * @param baselineStart the beginning of the first
   * @param query as for {@link Reports#windows}
   */
  Map<String, Windows> windows(Instant baselineStart, ReportQuery query);

  /**
   * {@return the most frequent errors of each skill, by its name} None if there are none to ask
   * for: errors never leave their machine.
   *
   * @param query as for {@link Reports#errors}
   */
  default Map<String, List<ErrorCount>> pageErrors(ReportQuery query) {
    return Map.of();
  }

  /** {@return whether the answers so far were complete} */
  boolean isComplete();

  /** {@return where the events are, for the page's last sentence; without a name} */
  String place();

  /**
   * {@return the events of a local database}
   *
   * @param reports answers the queries
   */
  static PageSource of(Reports reports) {
    return new PageSource() {
      @Override
      public List<EffectivenessReport> effectiveness(ReportQuery query) {
        return reports.effectiveness(query);
      }

      @Override
      public List<TelemetryEvent> events(ReportQuery query) {
        return reports.events(query);
      }

      @Override
      public Map<String, List<TrendPoint>> trends(
          ReportQuery query, TrendPeriod period, ZoneId zone) {
        return reports.trends(query, period, zone);
      }

      @Override
      public Map<String, Windows> windows(Instant baselineStart, ReportQuery query) {
        return reports.windows(baselineStart, query);
      }

      @Override
      public Map<String, List<ErrorCount>> pageErrors(ReportQuery query) {
        return reports.errors(query, Page.ERRORS);
      }

      @Override
      public boolean isComplete() {
        return reports.isComplete();
      }

      @Override
      public String place() {
        return "this machine";
      }
    };
  }
}
