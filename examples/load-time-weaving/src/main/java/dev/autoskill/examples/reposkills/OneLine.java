package dev.autoskill.examples.reposkills;

import java.util.regex.Pattern;

/** Text from elsewhere (file names, messages, the database) made fit for one line of a terminal. */
final class OneLine {

  /** Line breaks, and what could steer a terminal or reorder what it shows. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private OneLine() {}

  static String of(String text) {
    return UNPRINTABLE.matcher(text).replaceAll("?");
  }
}
