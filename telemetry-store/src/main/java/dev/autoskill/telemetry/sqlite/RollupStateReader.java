package dev.autoskill.telemetry.sqlite;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Finds out whether rollups are or can be kept, and where they stand. */
final class RollupStateReader {

  private static final int TABLES = 13;

  private final RollupStateDao dao;

  RollupStateReader(Handle handle) {
    this.dao = handle.attach(RollupStateDao.class);
  }

  /** Where the rollups stand; null if they are not there, not all of them, or not ours. */
  @Nullable RollupState state() {
    return dao.tables() == TABLES ? dao.state() : null;
  }

  /** How many rows, about, are not counted yet; a change by others means that many are not. */
  long backlog() {
    RollupState state = state();
    if (!isPossible()) {
      return state == null || state.isGivenUp() ? 0 : Long.MAX_VALUE;
    }
    if (state == null) {
      return Long.MAX_VALUE;
    }
    return state.isTrue() ? Math.max(0, state.backlog()) : Long.MAX_VALUE;
  }

  /** Whether rows can be told apart by their rowids. */
  boolean hasRowids() {
    return dao.hasRowids();
  }

  /**
   * Whether rollups can be kept of the table: its rows have rowids, and no statement can insert or
   * replace some that the triggers do not know of. Nor did a later version make other ones.
   */
  boolean isPossible() {
    return dao.hasRowids()
        && !dao.hasOtherKeys()
        && !dao.hasUnnoticed()
        && (!dao.hasState() || dao.version() <= RollupState.VERSION);
  }
}
