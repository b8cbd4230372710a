package dev.autoskill.telemetry.report;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as RFC 4180 has them: fields between commas, lines ended by CR LF, and a field in
 * quotation marks where it holds one of those or a quotation mark, which is then doubled.
 *
 * <p>A field that a spreadsheet would take for a formula is written as it is: who reads the file
 * with a program wants the names as they are. What this library records is a name out of the
 * program's own source, never input.
 */
final class CsvWriter implements RowWriter {

  private final Appendable out;
  private final List<String> columns;
  private boolean hasHeader;

  CsvWriter(Appendable out, List<String> columns) {
    this.out = out;
    this.columns = columns;
  }

  @Override
  public void row(List<?> values) throws IOException {
    end();
    line(values);
  }

  @Override
  public void end() throws IOException {
    if (!hasHeader) {
      hasHeader = true;
      line(columns);
    }
  }

  private void line(List<?> values) throws IOException {
    String separator = "";
    for (Object value : values) {
      out.append(separator).append(field(value));
      separator = ",";
    }
    out.append("\r\n");
  }

  /** Null is an empty field; a list has its elements separated by blanks. */
  private static String field(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return quoted(String.join(" ", list.stream().map(String::valueOf).toList()));
    }
    return value == null ? "" : quoted(value.toString());
  }

  private static String quoted(String text) {
    boolean isPlain = text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
