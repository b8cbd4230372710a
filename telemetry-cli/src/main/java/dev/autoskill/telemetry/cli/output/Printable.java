package dev.autoskill.telemetry.cli.output;

/**
 * Text as a terminal may see it. Names are data: a control character, an escape sequence or a
 * change of the writing direction in one is shown as {@code \}{@code u001b}, and never obeyed.
 */
public final class Printable {

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final String ELLIPSIS = "…";

  /** First and last code points of the characters that take two cells. */
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x231A, 0x231B, 0x23E9, 0x23EC, 0x25FD, 0x25FE, 0x2614, 0x2615, 0x2648, 0x2653,
    0x26A1, 0x26A1, 0x26D4, 0x26D4, 0x2705, 0x2705, 0x270A, 0x270B, 0x2728, 0x2728, 0x274C, 0x274C,
    0x2753, 0x2757, 0x2795, 0x2797, 0x2B1B, 0x2B1C, 0x2B50, 0x2B55, 0x2E80, 0x303E, 0x3041, 0xA4CF,
    0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00, 0xFF60, 0xFFE0, 0xFFE6,
    0x1F004, 0x1F004, 0x1F0CF, 0x1F0CF, 0x1F18E, 0x1F18E, 0x1F191, 0x1F19A, 0x1F1E6, 0x1F320,
    0x1F32D, 0x1F64F, 0x1F680, 0x1F6FF, 0x1F7E0, 0x1F7EB, 0x1F900, 0x1F9FF, 0x1FA70, 0x1FAFF,
    0x20000, 0x3FFFD
  };

  private Printable() {}

  /**
   * Whether a terminal, or a reader of a document, would obey a character instead of showing it.
   *
   * @param codePoint the character
   * @return true for control and format characters, line separators, and halves of surrogate pairs
   */
  public static boolean isObeyed(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      // The joiners only choose shapes of letters and emoji.
      case Character.FORMAT -> codePoint != ZERO_WIDTH_JOINER && codePoint != ZERO_WIDTH_NON_JOINER;
      default -> false;
    };
  }

  /**
   * Text without anything that a terminal would obey.
   *
   * @param text the text
   * @return the same, with escapes in place of such characters
   */
  public static String of(String text) {
    if (text.codePoints().noneMatch(Printable::isObeyed)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints().forEach(codePoint -> append(shown, codePoint));
    return shown.toString();
  }

  /**
   * Appends a character, or its escape if a terminal would obey it.
   *
   * @param shown what it is appended to
   * @param codePoint the character
   */
  static void append(StringBuilder shown, int codePoint) {
    if (isObeyed(codePoint)) {
      for (char half : Character.toChars(codePoint)) {
        shown.append("\\u").append(Integer.toHexString(0x10000 | half), 1, 5);
      }
    } else {
      shown.appendCodePoint(codePoint);
    }
  }

  /**
   * How many cells of a terminal printable text takes.
   *
   * @param text the text
   * @return the number of cells
   */
  public static int width(String text) {
    return text.codePoints().map(Printable::width).sum();
  }

  private static int width(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    for (int i = 0; i < WIDE.length && codePoint >= WIDE[i]; i += 2) {
      if (codePoint <= WIDE[i + 1]) {
        return 2;
      }
    }
    return 1;
  }

  /**
   * Printable text that takes at most some cells.
   *
   * @param text the text
   * @param cells how many; at least 1
   * @return the text, or its beginning and an ellipsis
   */
  public static String fit(String text, int cells) {
    if (width(text) <= cells) {
      return text;
    }
    StringBuilder fitting = new StringBuilder();
    int taken = 1;
    for (int codePoint : text.codePoints().toArray()) {
      taken += width(codePoint);
      if (taken > cells) {
        break;
      }
      fitting.appendCodePoint(codePoint);
    }
    return fitting.append(ELLIPSIS).toString();
  }
}
