package dev.autoskill.telemetry.cli.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows one by one, so that more of them take no more memory: as <a
 * href="https://jsonlines.org">JSON Lines</a>, or as comma-separated values after <a
 * href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a> with a header line. A missing value is
 * {@code null} or empty. Values stand in CSV as they are stored, also those that a spreadsheet
 * would take for a formula.
 *
 * @param <T> the kind of rows
 */
public final class Rows<T> {

  private final boolean isCsv;
  private final Appendable out;
  private final List<Column<T>> columns;

  private Rows(boolean isCsv, Appendable out, List<Column<T>> columns) {
    this.isCsv = isCsv;
    this.out = out;
    this.columns = columns;
  }

  /**
   * Begins, in CSV with the header.
   *
   * @param <T> the kind of rows
   * @param format {@link Format#CSV} or {@link Format#JSONL}
   * @param out the destination
   * @param columns the columns
   * @return the writer of rows
   * @throws IOException if the destination throws it
   */
  public static <T> Rows<T> begin(Format format, Appendable out, List<Column<T>> columns)
      throws IOException {
    Rows<T> rows = new Rows<>(format == Format.CSV, out, columns);
    if (rows.isCsv) {
      rows.line(columns.stream().map(Column::name).toList());
    }
    return rows;
  }

  /**
   * Writes a row.
   *
   * @param row the row
   * @throws IOException if the destination throws it
   */
  public void write(T row) throws IOException {
    if (isCsv) {
      line(columns.stream().map(column -> field(column.value().apply(row))).toList());
    } else {
      out.append(Json.compact(Column.values(columns, row)) + "\n");
    }
  }

  /**
   * Writes rows as they come.
   *
   * @param source passes on one row after the other
   * @return how many there were
   * @throws IOException if the destination throws it
   */
  public long writeEach(Consumer<Consumer<T>> source) throws IOException {
    long[] count = {0};
    try {
      source.accept(
          row -> {
            try {
              write(row);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            count[0]++;
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return count[0];
  }

  private void line(List<String> fields) throws IOException {
    out.append(String.join(",", fields) + "\r\n");
  }

  /** The elements of a list, and the entries of a map, are separated by blanks. */
  private static String field(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    Object elements = value instanceof Map<?, ?> map ? map.entrySet() : value;
    String text =
        elements instanceof Collection<?> all
            ? String.join(" ", all.stream().map(String::valueOf).toList())
            : value.toString();
    boolean isPlain = text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
