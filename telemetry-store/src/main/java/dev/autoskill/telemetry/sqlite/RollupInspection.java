package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.report.RollupCheck;
import dev.autoskill.telemetry.sqlite.Rollup.Group;
import dev.autoskill.telemetry.sqlite.Rollup.SkillDay;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Compares the rollups with the events, day by day, so that it needs memory for one day only. Good
 * for one read transaction.
 */
final class RollupInspection {

  private final RollupDao dao;
  private final RollupSchema schema;
  private final InspectionDao inspection;
  private final Words words;
  private long differences;

  RollupInspection(Handle handle) {
    this.dao = handle.attach(RollupDao.class);
    this.schema = new RollupSchema(handle);
    this.inspection = handle.attach(InspectionDao.class);
    this.words = new Words(schema.isThere() ? dao : null);
  }

  RollupCheck check() {
    long events = inspection.events();
    RollupState state = schema.isThere() ? dao.state() : null;
    if (state == null || state.version() != RollupState.VERSION) {
      return new RollupCheck(false, events, 0, 0);
    }
    if (!state.isTrue()) {
      // Known not to be right, so reports do not use them; the next upkeep puts that right.
      return new RollupCheck(true, events, 0, 0);
    }
    long counted = inspection.eventsUpTo(state.watermark());
    Map<Group, Tally> totals = new HashMap<>();
    for (long day : inspection.days()) {
      checkDay(day, state, totals);
    }
    long found = 0;
    for (Map.Entry<Group, Tally> total : totals.entrySet()) {
      found += total.getKey().agent() == Rollup.ANY_AGENT ? total.getValue().uses : 0;
    }
    differences += found == counted ? 0 : 1;
    checkTotals(totals);
    checkSessions();
    return new RollupCheck(true, events, counted, differences);
  }

  private void checkDay(long day, RollupState state, Map<Group, Tally> totals) {
    Rollup events = new Rollup(words);
    WordsLearned learned = new WordsLearned(words, event -> events.add(event, 1));
    new DayEvents(dao, state.watermark(), state.disorder())
        .forEach(
            day,
            day,
            event -> {
              if (Timestamps.dayOf(event.instant()) == day) {
                learned.accept(event);
              }
            });
    learned.flush();
    Set<Group> seen = new HashSet<>();
    for (StoredTally stored : dao.day(day)) {
      Group group = new Group(day, stored.skill(), stored.agent());
      seen.add(group);
      compare(TallyCodec.decode(stored.tally()), events.tallies().get(group));
    }
    differences += events.tallies().keySet().stream().filter(g -> !seen.contains(g)).count();
    events
        .totals()
        .forEach((group, t) -> totals.computeIfAbsent(group, g -> new Tally()).add(t, 1));
    Map<SkillDay, SessionUses> sessions = new HashMap<>(events.sessions());
    for (StoredTally stored : inspection.sessionDay(day)) {
      sessions
          .computeIfAbsent(new SkillDay(day, stored.skill()), g -> new SessionUses())
          .take(stored.tally());
    }
    differences += sessions.values().stream().filter(uses -> uses.encode().length > 0).count();
  }

  private void checkTotals(Map<Group, Tally> totals) {
    Map<Group, Tally> left = new HashMap<>(totals);
    for (StoredTally stored : dao.allTotals()) {
      if (!stored.kept()) {
        compare(
            TallyCodec.decode(stored.tally()),
            left.remove(new Group(0, stored.skill(), stored.agent())));
      }
    }
    differences += left.size();
  }

  /** The totals of the sessions against their days, and their numbers against both. */
  private void checkSessions() {
    Map<Long, Map<Long, Long>> counts = new HashMap<>();
    for (long part : inspection.parts()) {
      Map<Long, SessionUses> byDays = new HashMap<>();
      for (StoredSessions row : inspection.sessionsByDay(part)) {
        byDays.computeIfAbsent(row.skill(), skill -> new SessionUses()).add(row.uses());
      }
      RollupWriter.storedSessions(dao, part)
          .forEach(
              (skill, uses) -> {
                RollupWriter.newSessions(new SessionUses(), uses)
                    .forEach(
                        (agent, count) ->
                            counts
                                .computeIfAbsent(agent, a -> new HashMap<>())
                                .merge(skill, count, Long::sum));
                SessionUses days = byDays.getOrDefault(skill, new SessionUses());
                differences += Arrays.equals(uses.encode(), days.encode()) ? 0 : 1;
              });
    }
    counts.forEach(
        (agent, skills) -> {
          Map<Long, Long> stored = dao.sessionCounts(agent);
          stored.values().removeIf(count -> count == 0);
          differences += stored.equals(skills) ? 0 : 1;
        });
  }

  /** Not the first and the last timestamps, which retention may leave behind. */
  private void compare(Tally stored, Tally events) {
    stored.first = null;
    stored.last = null;
    if (events != null) {
      stored.add(events, -1);
    }
    differences += stored.addsNothing() ? 0 : 1;
  }
}
