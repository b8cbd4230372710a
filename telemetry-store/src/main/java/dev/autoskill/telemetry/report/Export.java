package dev.autoskill.telemetry.report;

import dev.autoskill.telemetry.event.EventColumn;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.SuccessRate.Interval;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes events or reports one by one, so that more of them take no more memory. Times are UTC as
 * in ISO 8601; a missing value is {@code null} in JSON and empty in CSV.
 *
 * <p>Internal but for its {@link Format}: programs use the {@code export} methods of the reports.
 *
 * @param <T> the kind of rows
 */
public final class Export<T> {

  /** The formats of exported events and reports. */
  public enum Format {
    /**
     * <a href="https://jsonlines.org">JSON Lines</a>: one JSON object (RFC 8259) per line, lines
     * ended by LF.
     */
    JSON_LINES,

    /**
     * Comma-separated values after <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>,
     * with a header line. Values stand as they are stored, also those that a spreadsheet would take
     * for a formula.
     */
    CSV
  }

  private record Column<T>(String name, Function<T, @Nullable Object> value) {}

  private static final List<Column<TelemetryEvent>> EVENT =
      Stream.of(EventColumn.values())
          .map(
              column ->
                  new Column<TelemetryEvent>(
                      EventColumn.components().get(column.ordinal()), column::of))
          .toList();

  private static final List<Column<EffectivenessReport>> REPORT =
      List.of(
          new Column<>("skillName", EffectivenessReport::skillName),
          new Column<>("totalUses", EffectivenessReport::totalUses),
          new Column<>("successCount", EffectivenessReport::successCount),
          new Column<>("failureCount", EffectivenessReport::failureCount),
          new Column<>("successRate", EffectivenessReport::successRate),
          new Column<>("avgDurationMs", EffectivenessReport::avgDurationMs),
          new Column<>("agentsUsed", EffectivenessReport::agentsUsed),
          new Column<>("lastUsed", EffectivenessReport::lastUsed),
          new Column<>("partialCount", EffectivenessReport::partialCount),
          new Column<>("skippedCount", EffectivenessReport::skippedCount),
          new Column<>("attemptedSuccessRate", report -> rate(report, SuccessRate::rate)),
          new Column<>("attemptedSuccessRateLow95", report -> end(report, Interval::low)),
          new Column<>("attemptedSuccessRateHigh95", report -> end(report, Interval::high)),
          new Column<>("p50Ms", EffectivenessReport::p50Ms),
          new Column<>("p90Ms", EffectivenessReport::p90Ms),
          new Column<>("p95Ms", EffectivenessReport::p95Ms),
          new Column<>("p99Ms", EffectivenessReport::p99Ms),
          new Column<>("firstUsed", EffectivenessReport::firstUsed),
          new Column<>("sessions", EffectivenessReport::sessions));

  private final Format format;
  private final Appendable out;
  private final List<Column<T>> columns;
  private long written;

  private Export(Format format, Appendable out, List<Column<T>> columns) {
    this.format = Objects.requireNonNull(format, "format must not be null");
    this.out = Objects.requireNonNull(out, "out must not be null");
    this.columns = columns;
  }

  /**
   * {@return an export of events}
   *
   * @param format the format
   * @param out the destination
   */
  public static Export<TelemetryEvent> events(Format format, Appendable out) {
    return new Export<>(format, out, EVENT);
  }

  /**
   * {@return an export of reports}
   *
   * @param format the format
   * @param out the destination
   */
  public static Export<EffectivenessReport> reports(Format format, Appendable out) {
    return new Export<>(format, out, REPORT);
  }

  /**
   * Writes one row.
   *
   * @param row the event or report
   * @throws IOException if it cannot be written
   */
  public void write(T row) throws IOException {
    StringBuilder line = new StringBuilder();
    if (format == Format.CSV) {
      header(line);
      csvLine(line, column -> csvField(column.value().apply(row)));
    } else {
      String separator = "{";
      for (Column<T> column : columns) {
        jsonString(line.append(separator), column.name());
        jsonValue(line.append(':'), column.value().apply(row));
        separator = ",";
      }
      line.append("}\n");
    }
    out.append(line);
    written++;
  }

  /**
   * Ends the export. The destination is left open.
   *
   * @return how many rows were written
   * @throws IOException if the end cannot be written
   */
  public long end() throws IOException {
    StringBuilder line = new StringBuilder();
    header(line);
    if (!line.isEmpty()) {
      out.append(line);
    }
    return written;
  }

  /** CSV begins with a header, also where no row follows. */
  private void header(StringBuilder line) {
    if (format == Format.CSV && written == 0) {
      csvLine(line, Column::name);
    }
  }

  private void csvLine(StringBuilder line, Function<Column<T>, String> field) {
    String separator = "";
    for (Column<T> column : columns) {
      line.append(separator).append(field.apply(column));
      separator = ",";
    }
    line.append("\r\n");
  }

  /** The elements of a list are separated by blanks. */
  static String csvField(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text =
        value instanceof List<?> list
            ? String.join(" ", list.stream().map(String::valueOf).toList())
            : value.toString();
    boolean isPlain = text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static void jsonValue(StringBuilder json, @Nullable Object value) {
    if (value == null || value instanceof Number) {
      json.append(value);
    } else if (value instanceof List<?> list) {
      json.append('[');
      String separator = "";
      for (Object element : list) {
        jsonValue(json.append(separator), element);
        separator = ",";
      }
      json.append(']');
    } else {
      jsonString(json, value.toString());
    }
  }

  private static void jsonString(StringBuilder json, String text) {
    json.append('"');
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                json.append('\\').appendCodePoint(c);
              } else if (c < ' ' || Character.getType(c) == Character.SURROGATE) {
                json.append("\\u%04x".formatted(c));
              } else {
                json.appendCodePoint(c);
              }
            });
    json.append('"');
  }

  private static @Nullable Double rate(
      EffectivenessReport report, Function<SuccessRate, Double> value) {
    SuccessRate rate = report.attemptedSuccessRate();
    return rate == null ? null : value.apply(rate);
  }

  private static @Nullable Double end(
      EffectivenessReport report, Function<Interval, Double> value) {
    return rate(report, rate -> value.apply(rate.interval95()));
  }
}
