package dev.autoskill.telemetry.sqlite;

/**
 * How far the rollups have come, and whether they can be relied on.
 *
 * @param watermark the rowid up to which rows are counted
 * @param disorder how far the texts of the counted rows' timestamps stray from the order of time:
 *     see {@link TextOrder}
 * @param isGuarded whether all triggers are there that note what others change
 * @param isInPlace whether the row at the watermark is still the one that was counted there; if it
 *     is not, rowids were given anew, or rows are gone and the triggers did not see it
 * @param isGivenUp whether what was counted is worth nothing, and to be forgotten and counted anew
 * @param hasChanges whether anything was noted that is not yet worked in
 * @param isLoose whether first or last timestamps are yet to be looked for, see {@link LooseEnds}
 * @param newest the greatest rowid; {@link #LOWEST} if there is no row
 */
record RollupState(
    long watermark,
    int disorder,
    boolean isGuarded,
    boolean isInPlace,
    boolean isGivenUp,
    boolean hasChanges,
    boolean isLoose,
    long newest) {

  /** Of the tables and triggers; others are made anew, and all is counted anew. */
  static final int VERSION = 2;

  /** Stands for the number of triggers when what was counted is given up. */
  static final int GIVEN_UP = -1;

  /** A watermark below all rows. */
  static final long LOWEST = Long.MIN_VALUE;

  /** About how many rows are not counted yet. */
  long backlog() {
    return watermark == LOWEST && newest != LOWEST ? Long.MAX_VALUE : newest - watermark;
  }

  boolean isIntact() {
    return isGuarded && isInPlace;
  }

  /** Whether the rollups, together with the rows above the watermark, say what the table says. */
  boolean isTrue() {
    return isIntact() && !hasChanges && !isLoose;
  }
}
