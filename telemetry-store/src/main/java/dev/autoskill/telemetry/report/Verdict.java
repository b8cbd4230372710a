package dev.autoskill.telemetry.report;

import java.util.Locale;

/** What a {@link Comparison} says of the candidate, next to the baseline. */
public enum Verdict {

  /** Its success rate is higher, beyond chance. */
  BETTER,

  /** Its success rate is lower, beyond chance. */
  WORSE,

  /** There were enough uses for a large difference to show, and none showed. */
  NO_EVIDENCE,

  /** No difference showed, but with so few uses even a large one might not. */
  TOO_FEW_USES;

  /**
   * The verdict in words: {@code better}, {@code worse}, {@code no evidence}, {@code too few uses}.
   *
   * @return English, in lower case
   */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
