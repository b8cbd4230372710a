package dev.autoskill.telemetry.privacy;

import java.util.Set;

/**
 * Recognises absolute paths where one can begin: POSIX, Windows (drive or {@code \\server\share}),
 * {@code file:} URIs, and those below {@code ~}.
 *
 * <p>One word after a slash is a command of an agent, {@code /review}, unless it names a directory
 * that every system has. What follows {@code https://} or another scheme than {@code file} is no
 * path.
 */
final class AbsolutePaths {

  /** Those that nobody would call a command. */
  private static final Set<String> ROOTS =
      Set.of(
          "bin",
          "boot",
          "etc",
          "home",
          "lib",
          "lib64",
          "mnt",
          "opt",
          "proc",
          "root",
          "sbin",
          "srv",
          "sys",
          "tmp",
          "usr",
          "var",
          "Applications",
          "Users",
          "Volumes",
          "private");

  private AbsolutePaths() {}

  static boolean foundIn(String text) {
    for (int i = 0; i < text.length(); i++) {
      boolean found =
          switch (text.charAt(i)) {
            case '/' -> isPosixAt(text, i);
            case '\\' -> isUncAt(text, i);
            case '~' -> isBelowHomeAt(text, i);
            case ':' -> isDriveOrFileAt(text, i);
            default -> false;
          };
      if (found) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPosixAt(String text, int slash) {
    if (!canBeginAt(text, slash)) {
      return false;
    }
    int start = slash;
    while (start < text.length() && text.charAt(start) == '/') {
      start++;
    }
    if (start - slash == 2 && slash > 0 && text.charAt(slash - 1) == ':') {
      return false; // the host of a URL follows
    }
    int end = segmentEnd(text, start);
    return end > start && (isSlashAt(text, end) || isRootAt(text, start));
  }

  private static boolean isUncAt(String text, int backslash) {
    if (!canBeginAt(text, backslash) || (backslash > 0 && text.charAt(backslash - 1) == '\\')) {
      return false;
    }
    int start = backslash;
    while (start < text.length() && text.charAt(start) == '\\') {
      start++;
    }
    int end = segmentEnd(text, start);
    return end > start && isSlashAt(text, end) && (start - backslash > 1 || isRootAt(text, start));
  }

  private static boolean isBelowHomeAt(String text, int tilde) {
    if (!canBeginAt(text, tilde)) {
      return false;
    }
    int start = tilde + 1;
    if (isSlashAt(text, start)) {
      return true;
    }
    return start < text.length()
        && Ascii.isLetter(text.charAt(start))
        && isSlashAt(text, wordEnd(text, start));
  }

  private static boolean isDriveOrFileAt(String text, int colon) {
    if (!isSlashAt(text, colon + 1)) {
      return false;
    }
    boolean drive = colon >= 1 && Ascii.isLetter(text.charAt(colon - 1));
    boolean file = text.regionMatches(true, colon - 4, "file", 0, 4);
    return (drive && !isWordAt(text, colon - 2)) || (file && !isWordAt(text, colon - 5));
  }

  /** Not behind a word, and not behind what makes the path a relative one. */
  private static boolean canBeginAt(String text, int index) {
    if (index == 0) {
      return true;
    }
    int before = text.codePointBefore(index);
    return switch (Character.getType(before)) {
      // Marks are parts of the letter before them.
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> false;
      default -> !Character.isLetterOrDigit(before) && "_-./~)]}*%@".indexOf(before) < 0;
    };
  }

  private static int segmentEnd(String text, int start) {
    int end = start;
    while (end < text.length() && isSegmentPart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isSegmentPart(char c) {
    return "/\\ \"`,;|<>".indexOf(c) < 0 && !Character.isSpaceChar(c);
  }

  private static boolean isRootAt(String text, int start) {
    return ROOTS.contains(text.substring(start, wordEnd(text, start)));
  }

  private static int wordEnd(String text, int start) {
    int end = start;
    while (isWordAt(text, end) || (end < text.length() && "_-".indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    return end;
  }

  private static boolean isWordAt(String text, int index) {
    return index >= 0 && index < text.length() && Ascii.isLetterOrDigit(text.charAt(index));
  }

  private static boolean isSlashAt(String text, int index) {
    return index < text.length() && (text.charAt(index) == '/' || text.charAt(index) == '\\');
  }
}
