package dev.autoskill.telemetry.privacy;

/**
 * Recognises e-mail addresses: something before the {@code @}, and after it at least two labels, a
 * later one of which begins with two letters. So {@code code-review@2}, {@code lint@latest} and
 * {@code @scope/pkg.js} are none, and neither is a version, {@code lib@5.6.Final}.
 */
final class EmailAddresses {

  private EmailAddresses() {}

  static boolean foundIn(String text) {
    for (int at = text.indexOf('@', 1); at > 0; at = text.indexOf('@', at + 1)) {
      if (endsLocalPart(text.charAt(at - 1)) && isDomainAt(text, at + 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsLocalPart(char c) {
    return isLabelPart(c) || "._%+~'\"".indexOf(c) >= 0;
  }

  private static boolean isDomainAt(String text, int start) {
    int end = labelEnd(text, start);
    if (end == start) {
      return false;
    }
    boolean onlyNumbers = isNumber(text, start, end);
    for (int label = 1; end < text.length() && text.charAt(end) == '.'; label++) {
      int begin = end + 1;
      end = labelEnd(text, begin);
      if (beginsWithTwoLetters(text, begin)) {
        // 163.com is a domain; two numbers before the word make it a version.
        return !(onlyNumbers && label >= 2);
      }
      onlyNumbers &= isNumber(text, begin, end);
    }
    return false;
  }

  private static int labelEnd(String text, int start) {
    int end = start;
    while (end < text.length() && isLabelPart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Anything but ASCII counts: letters of all scripts, their marks, and halves of pairs. */
  private static boolean isLabelPart(char c) {
    return Ascii.isLetterOrDigit(c)
        || c == '-'
        || c == '_'
        || (c > 0x7F && !Character.isSpaceChar(c));
  }

  private static boolean isNumber(String text, int start, int end) {
    int from = start < end && text.charAt(start) == 'v' ? start + 1 : start;
    for (int i = from; i < end; i++) {
      if (!Ascii.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return from < end;
  }

  private static boolean beginsWithTwoLetters(String text, int start) {
    return start + 1 < text.length()
        && Character.isLetter(text.charAt(start))
        && Character.isLetter(text.charAt(start + 1));
  }
}
