package dev.autoskill.telemetry.privacy;

/**
 * Recognises IP addresses by their numbers alone, so ports, zones, brackets and prefix lengths
 * around them do not matter.
 */
final class IpAddresses {

  /** Eight groups of four digits and the colons between them: no address is longer. */
  private static final int LONGEST_V6 = 39;

  private IpAddresses() {}

  static boolean foundIn(String text) {
    return hasV4(text) || (text.indexOf(':') >= 0 && hasV6(text));
  }

  /**
   * Exactly four numbers up to 255 with dots between them and no letter beside them: {@code
   * v1.2.3.4} and {@code 1.2.3.4b} are versions. {@code 1.2.3.4} alone could be either, and is
   * taken for an address.
   */
  private static boolean hasV4(String text) {
    int length = text.length();
    int i = 0;
    while (i < length) {
      if (!Ascii.isDigit(text.charAt(i))) {
        i++;
        continue;
      }
      int start = i;
      int numbers = 0;
      boolean inRange = true;
      do {
        int begin = numbers == 0 ? i : i + 1;
        i = digitsEnd(text, begin);
        inRange &= i - begin <= 3 && Integer.parseInt(text, begin, i, 10) <= 255;
        numbers++;
      } while (i + 1 < length && text.charAt(i) == '.' && Ascii.isDigit(text.charAt(i + 1)));
      if (numbers == 4 && inRange && !isLetterAt(text, start - 1) && !isLetterAt(text, i)) {
        return true;
      }
    }
    return false;
  }

  private static int digitsEnd(String text, int start) {
    int end = start;
    while (end < text.length() && Ascii.isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isLetterAt(String text, int index) {
    return index >= 0 && index < text.length() && Ascii.isLetter(text.charAt(index));
  }

  /** Eight hexadecimal groups, or fewer around a double colon. */
  private static boolean hasV6(String text) {
    int groups = 0;
    int begin = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length() && isWord(text.charAt(i))) {
        continue;
      }
      boolean colon = i < text.length() && text.charAt(i) == ':';
      groups = isGroup(text, begin, i) ? groups + 1 : 0;
      if (groups == 8) {
        return true;
      }
      if (!colon) {
        groups = 0;
      } else if (text.startsWith("::", i) && isCompressedAround(text, begin, i)) {
        return true;
      }
      begin = i + 1;
    }
    return false;
  }

  /**
   * Whether the double colon is that of an address, not of {@code std::vector}: beside it stand
   * groups or nothing. {@code a::b} could be either; a digit or a group of four decides.
   */
  private static boolean isCompressedAround(String text, int left, int colons) {
    int right = colons + 2;
    int end = right;
    while (end < text.length() && isWord(text.charAt(end)) && end - right <= 4) {
      end++;
    }
    return (left == colons || isGroup(text, left, colons))
        && (right == end || isGroup(text, right, end))
        && (isTelling(text, colons - 1, -1) || isTelling(text, right, 1));
  }

  /** Walks away from the double colon, as far as an address could reach. */
  private static boolean isTelling(String text, int from, int step) {
    int run = 0;
    for (int i = from, n = 0; i >= 0 && i < text.length() && n < LONGEST_V6; i += step, n++) {
      char c = text.charAt(i);
      if (Ascii.isDigit(c)) {
        return true;
      }
      if (c == ':') {
        if (run == 0) {
          return false;
        }
        run = 0;
      } else if (Ascii.hexValue(c) < 0) {
        return false;
      } else if (++run == 4) {
        return true;
      }
    }
    return false;
  }

  private static boolean isGroup(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (i - start == 4 || Ascii.hexValue(text.charAt(i)) < 0) {
        return false;
      }
    }
    return start < end;
  }

  private static boolean isWord(char c) {
    return Ascii.isLetterOrDigit(c) || c == '_';
  }
}
