package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.recording.Trouble;
import dev.autoskill.telemetry.sqlite.RollupSql.State;
import dev.autoskill.telemetry.sqlite.RollupUpkeepDao.Made;
import dev.autoskill.telemetry.sqlite.error.ErrorTable;
import dev.autoskill.telemetry.sqlite.pushed.PushedEvents;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rollups up with the events, in short steps. Each is a transaction that first looks,
 * under the write lock, where the rollups stand, so any number of processes may do this at once.
 *
 * <p>Used by one thread at a time.
 */
final class Rollups {

  /** So many events are counted per step. */
  static final int STEP = 20_000;

  private static final int EVENTS_DELETED = 512;

  /** SQLite moves longer texts to pages of their own. */
  private static final int LONGEST_OF_DAY = 900;

  /** Adding up takes longer than reading twice as much. */
  private static final int LONGEST_OF_ALL_DAYS = 4000;

  private static final long PRUNING_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(30);
  private static final String NEW =
      RollupUpkeepDao.counted("rowid > :from AND rowid <= :to", "TRUE");
  private static final String OF_DAY =
      RollupUpkeepDao.counted(
          "timestamp >= :from AND timestamp < :to AND rowid <= :watermark", "period = <day>");
  private static final String CHOSEN =
      RollupUpkeepDao.counted("rowid IN (SELECT value FROM json_each(:from))", "TRUE");
  private static final String TOO_OLD =
      "timestamp < :before AND (" + RollupSql.PARTS.get("moment") + ") < :until";
  private static final List<String> OF_SKILLS = List.of("day", "retained", "total");

  private final Handle handle;
  private final TelemetryDao events;
  private final RollupUpkeepDao upkeep;
  private final @Nullable Retention retention;
  private @Nullable Long prunedNanos;
  private boolean hasFailed;

  /** Makes it for a connection that writes; {@code retention} may be null: nothing is deleted. */
  Rollups(Handle handle, @Nullable Retention retention) {
    this.handle = handle;
    this.events = handle.attach(TelemetryDao.class);
    this.upkeep = handle.attach(RollupUpkeepDao.class);
    this.retention = retention;
    upkeep.createDelta();
  }

  private State state() {
    return RollupSql.state(handle, RollupSql.schema(handle));
  }

  long backlog() {
    return state().backlog();
  }

  boolean isPruningDue() {
    return retention != null
        && (prunedNanos == null
            || retention.time().nanoTime() - prunedNanos >= PRUNING_PAUSE_NANOS);
  }

  /** Does one step; {@return whether there is more to do} */
  boolean step() {
    try {
      return inTransaction(this::stepWithLock);
    } catch (JdbiException e) {
      Trouble trouble = DatabaseFile.troubleOf(e);
      if (hasFailed || (trouble != Trouble.DATABASE_CORRUPT && trouble != Trouble.DATABASE_OTHER)) {
        throw e;
      }
      // The rollups may be damaged; if the events are, the next step fails, too.
      hasFailed = true;
      return startAgain();
    }
  }

  /**
   * Does steps until none is left or time is up; others get the lock between two.
   *
   * @return whether the rollups are kept
   */
  boolean catchUp(long nanos) {
    long start = System.nanoTime();
    long before = start;
    while (before - start < nanos && step()) {
      long taken = System.nanoTime() - before;
      LockSupport.parkNanos(this, Math.min(taken / 3, LONGEST_PAUSE_NANOS));
      before = System.nanoTime();
    }
    return state().inPlace();
  }

  /** Gives up all counts of events that are there, so that they are counted anew, in steps. */
  boolean startAgain() {
    return inTransaction(
        () -> {
          List<Made> made = upkeep.made();
          return !made.isEmpty() && isCountable() && makeAnew(made);
        });
  }

  /** Deletes a skill's events and all that is known of it; {@return whether that was possible} */
  boolean forget(String skill) {
    return inTransaction(
        () -> {
          if (DatabaseFile.trouble(events) != null) {
            return false;
          }
          State state = state();
          events.delete(skill);
          ErrorTable.deleteOrphans(handle);
          upkeep.made().stream()
              .filter(each -> OF_SKILLS.contains(each.name().replace("autoskill_java_", "")))
              .filter(each -> each.sql() != null && RollupSql.SCHEMA.contains(each.sql()))
              .forEach(each -> upkeep.forget(each.name(), skill));
          if (state.inPlace()) {
            upkeep.deleteNotes(state.notes());
            upkeep.advance(state.watermark());
          }
          return true;
        });
  }

  /**
   * Not in an empty file: another is being copied over it, and SQLite would write the first page.
   */
  private boolean inTransaction(BooleanSupplier work) {
    return events.pages() > 0
        && SqliteConnections.inTransaction(
            handle, SqliteConnections.BEGIN_WRITING, open -> work.getAsBoolean());
  }

  private boolean stepWithLock() {
    List<Made> made = upkeep.made();
    if (!isCountable()) {
      // They may break others' statements on a table of another shape.
      made.stream().filter(each -> each.type().equals("trigger")).forEach(this::drop);
      return false;
    }
    State state = state();
    if (!state.inPlace() || state.notes() >= RollupSql.MOST_NOTES) {
      return makeAnew(made);
    }
    if (state.uncounted() > 0) {
      return countNew(state.watermark());
    }
    if (state.notes() > 0) {
      return countStaleDay(made, state.watermark());
    }
    return isPruningDue() && state.watermark() != null && prune(state.watermark());
  }

  private boolean isCountable() {
    return DatabaseFile.trouble(events) == null && events.hasRowids() && upkeep.isCountable();
  }

  private void drop(Made made) {
    handle.execute("DROP %s IF EXISTS \"%s\"".formatted(made.type(), made.name()));
  }

  /** Also drops what earlier versions made. Keeps what retention left, if it can be read. */
  private boolean makeAnew(List<Made> made) {
    Set<String> missing = new HashSet<>(RollupSql.SCHEMA);
    for (Made each : made) {
      if (RollupSql.RETAINED.equals(each.sql())) {
        missing.remove(each.sql());
      } else if (each.sql() != null) {
        drop(each);
      }
    }
    missing.stream().sorted().forEach(handle::execute);
    upkeep.start();
    upkeep.clearDelta();
    upkeep.mendRetained();
    upkeep.takeRetained();
    addToTotals();
    upkeep.advance(null);
    return true;
  }

  private void addToTotals() {
    upkeep.addToTotals();
    upkeep.shorten("total", "TRUE", LONGEST_OF_ALL_DAYS);
  }

  private void addToDays(String table, String values) {
    upkeep.addToDays(table, values);
    upkeep.shorten(table, "day IN (SELECT day FROM temp.autoskill_delta)", LONGEST_OF_DAY);
  }

  private boolean countNew(@Nullable Long watermark) {
    long from = watermark == null ? Long.MIN_VALUE : watermark;
    long to = upkeep.lastOf(from, STEP);
    upkeep.clearDelta();
    upkeep.count(NEW, from, to, null);
    addToDays("day", "*");
    addToTotals();
    upkeep.advance(to);
    return true;
  }

  private boolean countStaleDay(List<Made> made, @Nullable Long watermark) {
    List<Long> days = upkeep.staleDays();
    long day = days.get(0);
    if (days.contains(0L)) {
      // Texts that are no timestamps are counted there, and no index finds them.
      return makeAnew(made);
    }
    upkeep.clearDelta();
    upkeep.takeDay(day);
    upkeep.deleteTaken();
    // A text may have any offset.
    upkeep.count(
        OF_DAY.replace("<day>", Long.toString(day)),
        Timestamps.dateOf(day - 1),
        Timestamps.dateOf(day + 2),
        watermark);
    addToDays("day", "*");
    addToTotals();
    upkeep.setEnds();
    List.of("retained", "total").forEach(upkeep::forgetDeletedSkills);
    upkeep.deleteEmpty("total");
    upkeep.deleteNotes(0);
    upkeep.addNotes(
        days.stream()
            .skip(1)
            .map(each -> '"' + Timestamps.dateOf(each) + '"')
            .collect(Collectors.joining(",", "[", "]")));
    upkeep.advance(watermark);
    return true;
  }

  private boolean prune(long counted) {
    long watermark = PushedEvents.limit(handle, retention.time(), retention.last(), counted);
    List<Long> chosen = List.of();
    Instant firstDay = retention.firstDay();
    if (firstDay != null) {
      String before = Timestamps.dateOf(Timestamps.dayOf(firstDay) + 1);
      long until = Timestamps.micros(firstDay);
      chosen = upkeep.oldest(TOO_OLD, watermark, before, until, EVENTS_DELETED);
    }
    if (chosen.isEmpty()
        && retention.maxBytes() != null
        && upkeep.usedBytes() > retention.maxBytes()) {
      chosen = upkeep.oldest("TRUE", watermark, null, null, EVENTS_DELETED);
    }
    if (!chosen.isEmpty()) {
      String rowids = chosen.toString();
      upkeep.clearDelta();
      upkeep.count(CHOSEN, rowids, null, null);
      addToDays("retained", "*");
      addToDays("day", RollupSql.PARTS.get("negated"));
      upkeep.deleteEmpty("day");
      upkeep.delete(rowids);
      // The trigger noted our own deletes.
      upkeep.deleteNotes(0);
    }
    prunedNanos = chosen.isEmpty() ? (Long) retention.time().nanoTime() : null;
    return !chosen.isEmpty();
  }
}
