package dev.autoskill.telemetry.benchmarks.document;

import dev.autoskill.telemetry.benchmarks.measuring.Figures;

/**
 * A promise, and whether it was kept in this run.
 *
 * @param subject the figure that is limited
 * @param limit the promise
 * @param measured the figure of this run
 * @param isMet whether that is within the limit
 */
public record Budget(String subject, String limit, String measured, boolean isMet) {

  /**
   * Limits how many times as much a figure may be as another one of the same run.
   *
   * @param subject the figure, and that by which it is divided
   * @param limit the greatest ratio allowed
   * @param ratio as measured
   * @return the budget
   */
  public static Budget ratio(String subject, double limit, double ratio) {
    return new Budget(
        subject, "at most " + Figures.times(limit), Figures.times(ratio), ratio <= limit);
  }

  /**
   * Asks for a share of another figure of the same run.
   *
   * @param subject the figure, and the one it is a share of
   * @param limit the least share allowed
   * @param share as measured
   * @return the budget
   */
  public static Budget share(String subject, double limit, double share) {
    return new Budget(
        subject, "at least " + Figures.percent(limit), Figures.percent(share), share >= limit);
  }

  /**
   * Limits a figure by itself.
   *
   * @param subject the figure
   * @param limit the greatest allowed
   * @param measured as measured
   * @param unit of both
   * @return the budget
   */
  public static Budget most(String subject, double limit, double measured, String unit) {
    return new Budget(
        subject,
        "at most " + Figures.whole(limit) + " " + unit,
        Figures.rounded(measured) + " " + unit,
        measured <= limit);
  }
}
