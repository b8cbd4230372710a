package dev.autoskill.telemetry.report;

/**
 * Whether what is added up beside the events is what the events say.
 *
 * @param isKept whether anything is added up in this file at all; if not, reports look at each
 *     event
 * @param events how many events the file has
 * @param counted how many of them are added up; the others are looked at by each report
 * @param differences how many of the numbers kept, by day or in total, are not those that the
 *     events have; if it is not 0, a repair adds up anew
 */
public record RollupCheck(boolean isKept, long events, long counted, long differences) {

  /**
   * Whether reports say what the events say.
   *
   * @return whether there are no differences
   */
  public boolean isRight() {
    return differences == 0;
  }
}
