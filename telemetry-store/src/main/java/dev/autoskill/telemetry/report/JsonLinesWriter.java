package dev.autoskill.telemetry.report;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as JSON Lines: one JSON object (RFC 8259) a line, lines ended by LF, nothing but
 * ASCII control characters, quotation marks, backslashes and unpaired surrogates escaped.
 */
final class JsonLinesWriter implements RowWriter {

  private final Appendable out;
  private final List<String> columns;

  JsonLinesWriter(Appendable out, List<String> columns) {
    this.out = out;
    this.columns = columns;
  }

  @Override
  public void row(List<?> values) throws IOException {
    StringBuilder line = new StringBuilder("{");
    for (int i = 0; i < values.size(); i++) {
      line.append(i == 0 ? "" : ",");
      string(line, columns.get(i));
      line.append(':');
      value(line, values.get(i));
    }
    out.append(line.append("}\n"));
  }

  @Override
  public void end() {
    // No rows, no lines.
  }

  private static void value(StringBuilder json, @Nullable Object value) {
    if (value == null || value instanceof Number) {
      json.append(value);
    } else if (value instanceof List<?> list) {
      String separator = "[";
      for (Object element : list) {
        json.append(separator);
        value(json, element);
        separator = ",";
      }
      json.append(list.isEmpty() ? "[]" : "]");
    } else {
      string(json, value.toString());
    }
  }

  private static void string(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || isUnpaired(text, i)) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  private static boolean isUnpaired(String text, int i) {
    char c = text.charAt(i);
    return Character.isHighSurrogate(c)
        ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
        : Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
