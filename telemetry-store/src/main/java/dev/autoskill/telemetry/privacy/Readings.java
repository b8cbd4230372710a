package dev.autoskill.telemetry.privacy;

import java.util.ArrayList;
import java.util.List;

/**
 * The ways to read a text that hides something: with the characters that nobody sees left out
 * ({@code ali\0ce}), with each of them as a gap ({@code see\n/etc/hosts}), and with percent-encoded
 * ASCII decoded once. Full-width letters and digits read as the ASCII ones they stand for.
 */
final class Readings {

  private static final int FULL_WIDTH_OFFSET = 0xFEE0;

  private Readings() {}

  /** All readings; only the text itself if it is plain ASCII, as nearly all are. */
  static List<String> of(String text) {
    if (isPlain(text)) {
      return List.of(text);
    }
    List<String> readings = new ArrayList<>(4);
    addReadings(text, readings);
    String decoded = decoded(text);
    if (!decoded.equals(text)) {
      addReadings(decoded, readings);
    }
    return readings;
  }

  /** Whether there is nothing to see. */
  static boolean isBlank(String text) {
    int c;
    for (int i = 0; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      if (!Character.isWhitespace(c) && !Character.isSpaceChar(c) && !isFormat(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '%') {
        return false;
      }
    }
    return true;
  }

  private static void addReadings(String text, List<String> readings) {
    StringBuilder joined = new StringBuilder(text.length());
    StringBuilder parted = new StringBuilder(text.length());
    int codePoint;
    for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      if (isHidden(codePoint)) {
        parted.append(' ');
      } else {
        int shown = narrow(codePoint);
        joined.appendCodePoint(shown);
        parted.appendCodePoint(shown);
      }
    }
    readings.add(joined.toString());
    if (joined.length() < parted.length()) {
      readings.add(parted.toString());
    }
  }

  /** U+FFFD is among them, so that a text reads the same after it took a control's place. */
  private static boolean isHidden(int codePoint) {
    if (codePoint >= ' ' && codePoint <= '~') {
      return false;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> codePoint == 0xFFFD || (codePoint >= 0xFE00 && codePoint <= 0xFE0F);
    };
  }

  private static boolean isFormat(int codePoint) {
    return Character.getType(codePoint) == Character.FORMAT;
  }

  private static int narrow(int codePoint) {
    return codePoint >= 0xFF01 && codePoint <= 0xFF5E ? codePoint - FULL_WIDTH_OFFSET : codePoint;
  }

  private static String decoded(String text) {
    int percent = text.indexOf('%');
    if (percent < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length()).append(text, 0, percent);
    for (int i = percent; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && i + 2 < text.length()) {
        int high = Ascii.hexValue(text.charAt(i + 1));
        int low = Ascii.hexValue(text.charAt(i + 2));
        if (high >= 0 && high < 8 && low >= 0) {
          c = (char) (high * 16 + low);
          i += 2;
        }
      }
      decoded.append(c);
    }
    return decoded.toString();
  }
}
