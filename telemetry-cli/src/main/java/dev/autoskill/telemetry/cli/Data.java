package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.Reports;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.TelemetryDiagnostics;
import dev.autoskill.telemetry.cli.html.PageSource;
import dev.autoskill.telemetry.error.ErrorCount;
import dev.autoskill.telemetry.event.DetachedThread;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.recording.PrivateFiles;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.RollupCheck;
import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import dev.autoskill.telemetry.report.UseSummary;
import dev.autoskill.telemetry.report.Windows;
import dev.autoskill.telemetry.sqlite.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The recorded uses, in a database and in the spools beside it. */
final class Data implements Source {

  /** A person waits for longer than a program would, and may interrupt. */
  private static final Duration LONGEST_QUERY = Duration.ofSeconds(20);

  private final TelemetryCollector telemetry;
  private final Reports reports;

  private Data(TelemetryCollector telemetry) {
    this.telemetry = telemetry;
    this.reports = telemetry.reports();
  }

  /** Opens the database that was named, or the user's own. */
  static Data open(Host host, @Nullable String database) {
    TelemetryConfig.Builder config = TelemetryConfig.builder().queryTimeout(LONGEST_QUERY);
    // It takes as long as the next steps together, which leave a processor idle.
    DetachedThread.of("skill-telemetry-sqlite", NativeLibrary::ensure).start();
    try {
      if (Source.isServer(database)) {
        throw Failure.usage("this is not answered by a server, but by a local database");
      }
      if (database != null) {
        Path file = Path.of(database);
        if (!Files.exists(file) && !Files.isDirectory(PrivateFiles.spools(file))) {
          throw Failure.unreadable("there is no database " + database);
        }
        config.database(file);
      }
      return new Data(
          TelemetryCollector.open(config.build(), host.environment(), host.clock()::millis));
    } catch (InvalidPathException e) {
      throw Failure.unreadable("this is no path: " + database);
    } catch (IllegalArgumentException e) {
      throw Failure.unreadable(e.getMessage());
    }
  }

  /** The collector, which stays this object's to close. */
  TelemetryCollector collector() {
    return telemetry;
  }

  Reports reports() {
    return reports;
  }

  TelemetryDiagnostics diagnostics() {
    return telemetry.diagnostics();
  }

  /** The database's file, which need not exist. */
  Path file() {
    Path file = diagnostics().database();
    if (file == null) {
      throw Failure.unreadable("there is no home directory, and so no database; name one by --db");
    }
    return file;
  }

  @Override
  public List<EffectivenessReport> effectiveness(ReportQuery query) {
    return reports.effectiveness(query);
  }

  @Override
  public Map<String, List<ErrorCount>> errors(ReportQuery query, int mostPerSkill) {
    return reports.errors(query, mostPerSkill);
  }

  @Override
  public List<TelemetryEvent> events(ReportQuery query) {
    return reports.events(query);
  }

  @Override
  public List<TrendPoint> trend(ReportQuery query, TrendPeriod period, ZoneId zone) {
    return reports.trend(query, period, zone);
  }

  @Override
  public List<UseSummary> summaries(List<ReportQuery> queries) {
    return reports.summaries(queries);
  }

  @Override
  public Map<String, Windows> windows(Instant baselineStart, ReportQuery query) {
    return reports.windows(baselineStart, query);
  }

  @Override
  public PageSource page() {
    return PageSource.of(reports);
  }

  @Override
  public boolean isComplete() {
    return reports.isComplete();
  }

  @Override
  public String name() {
    return file().toString();
  }

  @Override
  public void check(Printer printer) throws IOException {
    String why = reports.whyIncomplete();
    if (why == null) {
      return;
    }
    Path file = file();
    if (diagnostics().rollups() == RollupCheck.Status.UNREADABLE) {
      throw Failure.unreadable("the database " + file + " cannot be read: " + why);
    }
    printer.warn("the answer may be incomplete: " + why);
  }

  @Override
  public void close() {
    telemetry.close();
  }
}
