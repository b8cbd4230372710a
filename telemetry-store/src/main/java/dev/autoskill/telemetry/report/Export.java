package dev.autoskill.telemetry.report;

import dev.autoskill.telemetry.event.EventColumn;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes events and reports one by one, so that it takes no more memory for more of them. Times are
 * UTC as in ISO 8601, and what there is not is {@code null} in JSON and empty in CSV.
 *
 * <p>Internal: programs use the {@code export} methods of the collector.
 *
 * @param <T> what is written
 */
public final class Export<T> {

  private static final List<String> REPORT_COLUMNS =
      List.of(
          "skillName",
          "totalUses",
          "successCount",
          "failureCount",
          "successRate",
          "avgDurationMs",
          "agentsUsed",
          "lastUsed",
          "partialCount",
          "skippedCount",
          "attemptedSuccessRate",
          "attemptedSuccessRateLow95",
          "attemptedSuccessRateHigh95",
          "p50Ms",
          "p90Ms",
          "p95Ms",
          "p99Ms",
          "firstUsed",
          "sessions");

  /** Says what the columns of a row hold. */
  private interface Row<T> {
    List<?> of(T object);
  }

  private final RowWriter writer;
  private final Row<T> row;
  private long written;

  private Export(RowWriter writer, Row<T> row) {
    this.writer = writer;
    this.row = row;
  }

  /**
   * Begins to export events.
   *
   * @param format how they are written
   * @param out where they go
   * @return the export
   */
  public static Export<TelemetryEvent> events(ExportFormat format, Appendable out) {
    return new Export<>(writer(format, out, EventColumn.components()), Export::row);
  }

  /**
   * Begins to export reports.
   *
   * @param format how they are written
   * @param out where they go
   * @return the export
   */
  public static Export<EffectivenessReport> reports(ExportFormat format, Appendable out) {
    return new Export<>(writer(format, out, REPORT_COLUMNS), Export::row);
  }

  private static RowWriter writer(ExportFormat format, Appendable out, List<String> columns) {
    return Objects.requireNonNull(format, "format must not be null") == ExportFormat.CSV
        ? new CsvWriter(out, columns)
        : new JsonLinesWriter(out, columns);
  }

  /**
   * Writes one.
   *
   * @param object what is written
   * @throws IOException if it cannot be written
   */
  public void write(T object) throws IOException {
    writer.row(row.of(object));
    written++;
  }

  /**
   * Ends the export. What it was written to is left open.
   *
   * @return how many were written
   * @throws IOException if the end cannot be written
   */
  public long end() throws IOException {
    writer.end();
    return written;
  }

  private static List<?> row(TelemetryEvent event) {
    return Arrays.stream(EventColumn.values()).map(column -> column.of(event)).toList();
  }

  private static List<?> row(EffectivenessReport report) {
    SuccessRate rate = report.attemptedSuccessRate();
    @Nullable Interval interval = rate == null ? null : rate.interval95();
    return Arrays.asList(
        report.skillName(),
        report.totalUses(),
        report.successCount(),
        report.failureCount(),
        report.successRate(),
        report.avgDurationMs(),
        report.agentsUsed(),
        report.lastUsed(),
        report.partialCount(),
        report.skippedCount(),
        rate == null ? null : rate.rate(),
        interval == null ? null : interval.low(),
        interval == null ? null : interval.high(),
        report.p50Ms(),
        report.p90Ms(),
        report.p95Ms(),
        report.p99Ms(),
        report.firstUsed(),
        report.sessions());
  }
}
