package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.report.RollupCheck;
import dev.autoskill.telemetry.report.RollupCheck.Status;
import dev.autoskill.telemetry.sqlite.InspectionDao.Pair;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rollups with the events: counts the events once more, into temporary tables of the
 * same names, and compares these with those that are kept. SQLite looks among the temporary tables
 * first, so it is the same code that counts. They are in memory, and take about as much as the
 * rollups.
 *
 * <p>Good for one read transaction of a connection that is closed afterwards.
 */
final class RollupInspection {

  private final Handle handle;
  private final RollupDao dao;
  private final RollupUpdateDao update;
  private final InspectionDao inspection;
  private long differences;

  RollupInspection(Handle handle) {
    this.handle = handle;
    this.dao = handle.attach(RollupDao.class);
    this.update = handle.attach(RollupUpdateDao.class);
    this.inspection = handle.attach(InspectionDao.class);
  }

  /** What is known without a look at the events' contents. */
  RollupCheck look() {
    long events = inspection.events();
    RollupState state = new RollupStateReader(handle).state();
    Status status = statusOf(state);
    return new RollupCheck(
        status, events, status == Status.RIGHT ? inspection.eventsUpTo(state.watermark()) : 0, 0);
  }

  static Status statusOf(@Nullable RollupState state) {
    if (state == null || state.isGivenUp()) {
      return Status.NOT_KEPT;
    }
    return state.isTrue() ? Status.RIGHT : Status.OUT_OF_DATE;
  }

  private void registerFunctions() {
    try {
      RollupFunctions.register(handle.getConnection());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Compares all there is. */
  RollupCheck check() {
    RollupCheck look = look();
    if (!look.isRight()) {
      return look;
    }
    registerFunctions();
    handle.execute("PRAGMA temp_store = MEMORY");
    for (String table : InspectionDao.TABLES) {
      String definition = inspection.definitionOf(table);
      handle.execute("CREATE TEMP TABLE" + definition.substring("CREATE TABLE".length()));
    }
    inspection.takeKeptSessions();
    new RollupSchema(handle, dao, update).recountSessions();
    countAnew(new RollupStateReader(handle).state().watermark());
    inspection.forEachDay(this::compare);
    inspection.forEachTotal(this::compare);
    differences += inspection.differences();
    return new RollupCheck(
        differences == 0 ? Status.RIGHT : Status.WRONG, look.events(), look.counted(), differences);
  }

  private void countAnew(long watermark) {
    RollupWriter writer = new RollupWriter(dao, update);
    Words words = new Words(dao);
    long after = RollupState.LOWEST;
    while (after < watermark) {
      Rollup events = new Rollup(words);
      long last = after;
      for (int size = 0; size < RollupKeeper.ENOUGH && last < watermark; size += RollupDao.PAGE) {
        List<RawEvent> page = dao.eventsAfter(last, RollupDao.PAGE);
        words.learn(page);
        for (RawEvent event : page) {
          if (event.row() <= watermark) {
            events.add(event, 1);
          }
        }
        last = page.isEmpty() ? watermark : Math.min(watermark, page.get(page.size() - 1).row());
      }
      writer.add(events, false);
      update.noteNewest(after, last);
      after = last;
    }
  }

  /**
   * The first and the last timestamps as reports have them: what is kept of the events that are
   * left may go as far as those that retention deleted.
   */
  private void compare(Pair pair) {
    Tally stored = TallyCodec.decode(pair.stored());
    Tally counted = TallyCodec.decode(pair.counted());
    Tally deleted = TallyCodec.decode(pair.deleted());
    Tally shown = TallyCodec.decode(pair.stored());
    shown.add(deleted, 1);
    deleted.add(counted, 1);
    boolean isSameEnds =
        String.valueOf(shown.first).equals(String.valueOf(deleted.first))
            && String.valueOf(shown.last).equals(String.valueOf(deleted.last));
    stored.add(counted, -1);
    stored.first = null;
    stored.last = null;
    differences += isSameEnds && stored.addsNothing() ? 0 : 1;
  }
}
