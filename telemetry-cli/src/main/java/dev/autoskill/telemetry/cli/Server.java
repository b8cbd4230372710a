package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.html.PageSource;
import dev.autoskill.telemetry.error.ErrorCount;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.otlp.OtlpReceiver;
import dev.autoskill.telemetry.postgres.Arrivals;
import dev.autoskill.telemetry.postgres.PostgresReceiver;
import dev.autoskill.telemetry.postgres.PostgresReports;
import dev.autoskill.telemetry.postgres.PostgresTarget;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import dev.autoskill.telemetry.report.UseSummary;
import dev.autoskill.telemetry.report.Windows;
import dev.autoskill.telemetry.sync.Receiver;
import dev.autoskill.telemetry.sync.SyncException;
import dev.autoskill.telemetry.sync.SyncSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The uses on a PostgreSQL server. */
final class Server implements Source, PageSource {

  private static final Duration LONGEST_QUERY = Duration.ofSeconds(60);

  /** Kept, since the JDK keeps loggers only as long as somebody does. */
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  private final PostgresTarget target;
  private final PostgresReports reports;

  private Server(PostgresTarget target, Host host) {
    this.target = target;
    this.reports = new PostgresReports(target, LONGEST_QUERY, host.clock());
  }

  static Server open(Host host, String address) {
    return named(host, address, settings -> new Server(target(settings), host));
  }

  /** Takes events: the server that was named, or that of the settings. */
  static Receiver receiver(Host host, @Nullable String address) {
    return named(
        host,
        address,
        settings ->
            OtlpReceiver.isAddress(settings.to())
                ? OtlpReceiver.of(settings.to(), settings.headers())
                : new PostgresReceiver(target(settings), settings.label()));
  }

  private static PostgresTarget target(SyncSettings settings) {
    return PostgresTarget.of(settings.to(), settings.password());
  }

  private static <T> T named(
      Host host, @Nullable String address, Function<SyncSettings, T> opening) {
    // The driver writes warnings to stderr unless told.
    DRIVER.setLevel(Level.OFF);
    try {
      SyncSettings settings = SyncSettings.of(host.environment(), address);
      if (settings == null) {
        throw Failure.usage(
            "no server is named: "
                + SyncCommand.TO
                + " jdbc:postgresql://host/database or otlp:http://host:4318,"
                + " or sync-to in the settings file");
      }
      return opening.apply(settings);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          "a server is named by jdbc:postgresql://host:port/database?option=value,"
              + " a collector by otlp:http://host:4318 or otlp:https://host/path");
    } catch (SyncException e) {
      throw Failure.unreadable(e.getMessage());
    }
  }

  private static <T extends @Nullable Object> T ask(Supplier<T> question) {
    try {
      return question.get();
    } catch (SyncException e) {
      throw Failure.unreadable(e.getMessage());
    }
  }

  @Override
  public List<EffectivenessReport> effectiveness(ReportQuery query) {
    return ask(() -> reports.effectiveness(query));
  }

  @Override
  public Map<String, List<ErrorCount>> errors(ReportQuery query, int mostPerSkill) {
    throw Failure.usage("a server has no errors, which never leave their machine");
  }

  @Override
  public List<TelemetryEvent> events(ReportQuery query) {
    return ask(() -> reports.events(query));
  }

  @Override
  public List<TrendPoint> trend(ReportQuery query, TrendPeriod period, ZoneId zone) {
    return ask(() -> reports.trend(query, period, zone));
  }

  @Override
  public List<UseSummary> summaries(List<ReportQuery> queries) {
    return ask(() -> reports.summaries(queries));
  }

  @Override
  public Map<String, List<TrendPoint>> trends(ReportQuery query, TrendPeriod period, ZoneId zone) {
    return ask(() -> reports.trends(query, period, zone));
  }

  @Override
  public Map<String, Windows> windows(Instant baselineStart, ReportQuery query) {
    return ask(() -> reports.windows(baselineStart, query));
  }

  @Override
  public PageSource page() {
    return this;
  }

  /** An answer is complete, or there is none. */
  @Override
  public boolean isComplete() {
    return true;
  }

  /** The page is shown to others, so it does not have the address. */
  @Override
  public String place() {
    return "a PostgreSQL server";
  }

  @Override
  public String name() {
    return target.name();
  }

  /** Everything that has arrived is counted, so only pushes may lag behind. */
  @Override
  public @Nullable String freshness() {
    Arrivals arrivals = ask(reports::arrivals);
    return arrivals == null || arrivals.last() == null
        ? null
        : "Everything that has arrived, of %d local %s; the last events came %s."
            .formatted(
                arrivals.databases(),
                arrivals.databases() == 1 ? "database" : "databases",
                arrivals.last().truncatedTo(ChronoUnit.SECONDS));
  }

  @Override
  public void check(Printer printer) {}

  @Override
  public void close() {}
}
