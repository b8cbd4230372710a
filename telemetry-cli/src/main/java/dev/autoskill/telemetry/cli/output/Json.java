package dev.autoskill.telemetry.cli.output;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259) of maps, lists, numbers, booleans, null, and texts; anything else is
 * written as the text that it is. Characters that a terminal would obey are always escaped, which
 * changes nothing for a parser.
 */
public final class Json {

  private Json() {}

  /**
   * JSON on one line.
   *
   * @param value the value
   * @return the text, without a line feed
   */
  public static String compact(@Nullable Object value) {
    StringBuilder json = new StringBuilder();
    append(json, value, null);
    return json.toString();
  }

  /**
   * JSON over several lines, indented by two blanks.
   *
   * @param value the value
   * @return the text, without a line feed at its end
   */
  public static String indented(@Nullable Object value) {
    StringBuilder json = new StringBuilder();
    append(json, value, "\n");
    return json.toString();
  }

  private static void append(StringBuilder json, @Nullable Object value, @Nullable String newLine) {
    if (value instanceof Map<?, ?> map) {
      String inner = newLine == null ? null : newLine + "  ";
      String separator = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.append(separator).append(inner == null ? "" : inner);
        text(json, String.valueOf(entry.getKey()));
        json.append(inner == null ? ":" : ": ");
        append(json, entry.getValue(), inner);
        separator = ",";
      }
      close(json, map.isEmpty(), '{', '}', newLine);
    } else if (value instanceof List<?> list) {
      String inner = newLine == null ? null : newLine + "  ";
      String separator = "[";
      for (Object element : list) {
        json.append(separator).append(inner == null ? "" : inner);
        append(json, element, inner);
        separator = ",";
      }
      close(json, list.isEmpty(), '[', ']', newLine);
    } else if (value instanceof Double number && number == Math.rint(number)) {
      json.append(number.longValue());
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      json.append(value);
    } else {
      text(json, value.toString());
    }
  }

  private static void close(
      StringBuilder json, boolean isEmpty, char open, char close, @Nullable String newLine) {
    if (isEmpty) {
      json.append(open);
    } else if (newLine != null) {
      json.append(newLine);
    }
    json.append(close);
  }

  private static void text(StringBuilder json, String text) {
    json.append('"');
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"', '\\' -> json.append('\\').append((char) c);
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                default -> Printable.append(json, c);
              }
            });
    json.append('"');
  }
}
