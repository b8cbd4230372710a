package dev.autoskill.telemetry.cli.mcp;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON (RFC 8259). */
final class JsonReader {

  /** Each level takes a part of the stack. */
  private static final int MOST_LEVELS = 100;

  private static final int HEXADECIMAL = 16;
  private static final int ESCAPE_DIGITS = 4;

  private final String json;
  private int position;
  private int levels;

  private JsonReader(String json) {
    this.json = json;
  }

  /**
   * The value that a text is: a map, a list, a {@code String}, a {@code BigDecimal}, a {@code
   * Boolean} or null.
   *
   * @throws IllegalArgumentException if the text is no JSON
   */
  static @Nullable Object read(String json) {
    JsonReader reader = new JsonReader(json);
    Object value = reader.value();
    reader.skipBlanks();
    if (reader.position < json.length()) {
      throw reader.refusal();
    }
    return value;
  }

  private @Nullable Object value() {
    skipBlanks();
    char first = peek();
    return switch (first) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> text();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    enter();
    if (!isNext('}')) {
      do {
        skipBlanks();
        String name = text();
        skipBlanks();
        take(':');
        members.put(name, value());
        skipBlanks();
      } while (isNext(','));
      take('}');
    }
    levels--;
    return members;
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> elements = new ArrayList<>();
    enter();
    if (!isNext(']')) {
      do {
        elements.add(value());
        skipBlanks();
      } while (isNext(','));
      take(']');
    }
    levels--;
    return elements;
  }

  private void enter() {
    position++;
    if (++levels > MOST_LEVELS) {
      throw refusal();
    }
    skipBlanks();
  }

  private String text() {
    take('"');
    StringBuilder text = new StringBuilder();
    while (!isNext('"')) {
      char c = peek();
      if (c < ' ') {
        throw refusal();
      }
      position++;
      text.append(c == '\\' ? escaped() : c);
    }
    return text.toString();
  }

  private char escaped() {
    char c = peek();
    position++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> throw refusal();
    };
  }

  private char unit() {
    int unit = 0;
    for (int i = 0; i < ESCAPE_DIGITS; i++) {
      int digit = Character.digit(peek(), HEXADECIMAL);
      if (digit < 0) {
        throw refusal();
      }
      unit = unit * HEXADECIMAL + digit;
      position++;
    }
    return (char) unit;
  }

  private <T extends @Nullable Object> T word(String word, T value) {
    if (!json.startsWith(word, position)) {
      throw refusal();
    }
    position += word.length();
    return value;
  }

  private BigDecimal number() {
    int start = position;
    while (position < json.length() && "+-.0123456789Ee".indexOf(json.charAt(position)) >= 0) {
      position++;
    }
    String number = json.substring(start, position);
    if (!number.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
      throw refusal();
    }
    return new BigDecimal(number);
  }

  private void skipBlanks() {
    while (position < json.length() && " \t\r\n".indexOf(json.charAt(position)) >= 0) {
      position++;
    }
  }

  private char peek() {
    if (position == json.length()) {
      throw refusal();
    }
    return json.charAt(position);
  }

  private boolean isNext(char c) {
    boolean isNext = peek() == c;
    if (isNext) {
      position++;
    }
    return isNext;
  }

  private void take(char c) {
    if (!isNext(c)) {
      throw refusal();
    }
  }

  private IllegalArgumentException refusal() {
    return new IllegalArgumentException("no JSON from character " + position + " on");
  }
}
