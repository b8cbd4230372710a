package dev.autoskill.telemetry.sqlite;

import org.jspecify.annotations.Nullable;

/**
 * A row of the rollups.
 *
 * @param day the UTC day; 0 in totals, which are of no day
 * @param kept whether it is of events that retention deleted
 */
record StoredTally(long day, long skill, long agent, boolean kept, byte @Nullable [] tally) {}
