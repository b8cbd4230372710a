package dev.autoskill.telemetry.report;

/**
 * Whether the rollups agree with the events.
 *
 * @param status the result
 * @param events how many events the file has
 * @param counted how many of them the rollups count; reports read the others one by one
 * @param differences how many numbers of the rollups, by day or in total, differ from those of the
 *     events; if it is not 0, a repair counts them anew
 */
public record RollupCheck(Status status, long events, long counted, long differences) {

  /** How far the rollups can be relied on. */
  public enum Status {
    /** They agree with the events. */
    RIGHT,
    /** They do not, and reports do not know. */
    WRONG,
    /**
     * Others changed events since, so that days are stale. Reports know, and read the events of
     * such days until they are counted anew: before the next report, or in the background.
     */
    OUT_OF_DATE,
    /** This file has no rollups, or they do not count all events; reports read the events. */
    NOT_KEPT,
    /** There is no database, or it cannot be read. */
    UNREADABLE
  }

  /** The result for a file that is missing or cannot be read. */
  public static final RollupCheck UNREADABLE = new RollupCheck(Status.UNREADABLE, 0, 0, 0);
}
