package dev.autoskill.telemetry.sqlite;

import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Adds up uses: from the rollups what they count, from the table what they do not count yet or not
 * finely enough. If the rollups are missing or cannot be relied on, everything comes from the
 * table, so the answer is the same, only later.
 *
 * <p>Good for one read transaction.
 */
final class UseReader {

  private final RollupDao dao;
  private final RollupStateReader states;
  private final boolean hasRollups;
  private final @Nullable RollupState state;
  private final Words words;

  UseReader(Handle handle) {
    this.dao = handle.attach(RollupDao.class);
    this.states = new RollupStateReader(handle);
    RollupState found = states.state();
    this.hasRollups = found != null;
    this.state = found != null && found.isTrue() ? found : null;
    this.words = new Words(hasRollups ? dao : null);
  }

  Words words() {
    return words;
  }

  /** Adds up the selected uses of each period. */
  List<Uses> read(Selection selection) {
    List<Uses> periods = selection.noUses();
    if (hasRollups) {
      readRollups(selection, periods);
    }
    if (state == null) {
      forEachEvent(RollupState.LOWEST, event -> add(event, selection, periods));
    } else if (selection.periods().isAll()) {
      readTail(selection, periods.get(0));
    } else {
      readCutDays(selection, periods);
      forEachEvent(state.watermark(), event -> add(event, selection, periods));
    }
    return periods;
  }

  private void readRollups(Selection selection, List<Uses> periods) {
    boolean isWhole = selection.periods().isAll();
    StoredUses stored = new StoredUses(dao, words, selection, state != null);
    if (isWhole) {
      stored.addTotals(periods.get(0));
    } else {
      stored.addDays(periods);
    }
  }

  /** What is above the watermark; its sessions are new only as far as the rollups lack them. */
  private void readTail(Selection selection, Uses uses) {
    Rollup tail = new Rollup(words);
    forEachEvent(
        state.watermark(),
        event -> {
          if (selection.wants(event)) {
            tail.add(event, 1);
          }
        });
    tail.tallies().forEach((group, tally) -> uses.of(group.skill(), group.agent()).add(tally, 1));
    if (selection.countsSessions()) {
      long agent = selection.agentId() == null ? Uses.ANY : words.numberOf(selection.agentId());
      tail.sessionsByPart()
          .forEach(
              (part, skills) -> {
                Map<Long, SessionUses> stored = RollupWriter.storedSessions(dao, part);
                skills.forEach(
                    (skill, some) ->
                        uses.countSessions(
                            skill,
                            stored
                                .getOrDefault(skill, new SessionUses())
                                .moreWith(some)
                                .count(agent)));
              });
    }
  }

  /** The counted events of days that are not wholly in one period. */
  private void readCutDays(Selection selection, List<Uses> periods) {
    DayEvents events = new DayEvents(dao, state.watermark(), state.disorder());
    NavigableSet<Long> cut = selection.periods().cutDays();
    Long first = cut.isEmpty() ? null : cut.first();
    while (first != null) {
      long from = first;
      long to = from;
      while (cut.contains(to + 1)) {
        to++;
      }
      long last = to;
      WordsLearned learned = new WordsLearned(words, event -> add(event, selection, periods));
      events.forEach(
          from,
          last,
          event -> {
            long day = Timestamps.dayOf(event.instant());
            if (day >= from && day <= last && selection.wants(event)) {
              learned.accept(event);
            }
          });
      learned.flush();
      first = cut.higher(last);
    }
  }

  private void add(RawEvent event, Selection selection, List<Uses> periods) {
    int index = selection.wants(event) ? selection.periods().indexOf(event.instant()) : -1;
    if (index >= 0) {
      long skill = words.numberOf(event.skillName());
      long agent = words.numberOf(event.agentId());
      Uses uses = periods.get(index);
      uses.of(skill, agent).add(event, 1);
      if (selection.countsSessions()) {
        uses.sessionsOf(skill).add(words.numberOf(event.sessionId()), agent, 1);
      }
    }
  }

  private void forEachEvent(long after, Consumer<RawEvent> consumer) {
    if (!states.hasRowids()) {
      dao.forEach(consumer);
      return;
    }
    long last = after;
    List<RawEvent> events = dao.eventsAfter(last, RollupDao.PAGE);
    while (!events.isEmpty()) {
      words.learn(events);
      events.forEach(consumer);
      last = events.get(events.size() - 1).row();
      events = dao.eventsAfter(last, RollupDao.PAGE);
    }
  }
}
