package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.html.PageSource;
import dev.autoskill.telemetry.error.ErrorCount;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import dev.autoskill.telemetry.report.UseSummary;
import dev.autoskill.telemetry.report.Windows;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The uses that commands report on: those of a local database, or those on a server. */
interface Source extends AutoCloseable {

  /** Whether the option {@code --db} names a server, and no file. */
  static boolean isServer(@Nullable String database) {
    return database != null && database.startsWith("jdbc:");
  }

  List<EffectivenessReport> effectiveness(ReportQuery query);

  Map<String, List<ErrorCount>> errors(ReportQuery query, int mostPerSkill);

  List<TelemetryEvent> events(ReportQuery query);

  List<TrendPoint> trend(ReportQuery query, TrendPeriod period, ZoneId zone);

  List<UseSummary> summaries(List<ReportQuery> queries);

  Map<String, Windows> windows(Instant baselineStart, ReportQuery query);

  /** {@return the same uses, for a page} */
  PageSource page();

  /** {@return whether the answers so far were complete} */
  boolean isComplete();

  /** {@return its name, for people} */
  String name();

  /** {@return how fresh its events are, in a sentence; null: as fresh as can be, or not known} */
  default @Nullable String freshness() {
    return null;
  }

  /** Says if the answers so far may lack something, and fails if nothing could be read. */
  void check(Printer printer) throws IOException;

  @Override
  void close();
}
