package dev.autoskill.telemetry.cli.statistics;

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
}
