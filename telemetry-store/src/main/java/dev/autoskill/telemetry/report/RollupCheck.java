package dev.autoskill.telemetry.report;

/**
 * Whether what is added up beside the events is what the events say.
 *
 * @param status what was found
 * @param events how many events the file has
 * @param counted how many of them are added up; the others are looked at by each report
 * @param differences how many of the numbers kept, by day or in total, are not those that the
 *     events have; if it is not 0, a repair adds up anew
 */
public record RollupCheck(Status status, long events, long counted, long differences) {

  /** How far what is added up can be relied on. */
  public enum Status {
    /** It is what the events say. */
    RIGHT,
    /** It is not, and reports do not know. */
    WRONG,
    /**
     * Others changed events since. Reports know, and look at each event until that is worked in,
     * which happens before the next one or in the background.
     */
    OUT_OF_DATE,
    /** Nothing is added up in this file, or not all; reports look at each event. */
    NOT_KEPT,
    /** There is no database, or it cannot be read. */
    UNREADABLE
  }

  /** What is said of a file that tells nothing. */
  public static final RollupCheck UNREADABLE = new RollupCheck(Status.UNREADABLE, 0, 0, 0);

  /**
   * Whether all that is added up was compared and is what the events say.
   *
   * @return whether the status is {@link Status#RIGHT}
   */
  public boolean isRight() {
    return status == Status.RIGHT;
  }
}
