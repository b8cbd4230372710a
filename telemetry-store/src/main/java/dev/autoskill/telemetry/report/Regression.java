package dev.autoskill.telemetry.report;

import java.util.Locale;
import java.util.Objects;

/**
 * One measure of one skill that became worse, beyond chance and beyond the size that matters.
 *
 * @param skillName the skill
 * @param measure the measure that became worse
 * @param before its value in the baseline, in the measure's unit
 * @param after its value since then, in the measure's unit
 * @param adjustedPValue the probability that chance alone shows anything as unlikely as this in any
 *     of the skills, from 0.0 to 1.0; already corrected for the number of skills and measures
 */
public record Regression(
    String skillName, Measure measure, double before, double after, double adjustedPValue) {

  /** A measure that can become worse. */
  public enum Measure {
    /** Successes among attempted uses, from 0.0 to 1.0; worse is less. */
    SUCCESS_RATE,
    /** The duration that 95 % of uses do not exceed, in milliseconds; worse is more. */
    P95_DURATION
  }

  /** Checks the components. */
  public Regression {
    Objects.requireNonNull(skillName, "skillName must not be null");
    Objects.requireNonNull(measure, "measure must not be null");
  }

  /**
   * {@return this regression in one line of English, the same in every locale, as in {@code
   * code-review: success rate fell from 98.2 % to 91.0 % (adjusted p = 0.0031)}}
   */
  public String sentence() {
    String change =
        switch (measure) {
          case SUCCESS_RATE ->
              format("success rate fell from %.1f %% to %.1f %%", 100 * before, 100 * after);
          case P95_DURATION -> format("p95 duration rose from %.0f ms to %.0f ms", before, after);
        };
    String p = adjustedPValue < 0.0001 ? "p < 0.0001" : format("p = %.4f", adjustedPValue);
    return skillName + ": " + change + " (adjusted " + p + ")";
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
