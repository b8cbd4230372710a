package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.sqlite.LooseDao.Found;
import dev.autoskill.telemetry.sqlite.LooseDao.Pass;
import dev.autoskill.telemetry.sqlite.Rollup.Group;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The first and the last timestamps that are no longer known because the event that had them was
 * taken away. They are looked for among the events that are left, as many at a time as the write
 * lock may be held for: what is loose, and how far the look has come, stands in the database, so
 * that anyone can go on with it.
 *
 * <p>One pass over the events serves all groups that are loose when it begins. It goes by the index
 * on timestamps from one such day to the next; where that is not the order of time, it looks at all
 * events. A group that is changed meanwhile waits for the next pass. Its caller holds the write
 * lock.
 */
final class LooseEnds {

  /** To set what was found takes about as much as to look at so many events. */
  private static final int FOUND_COST = 8;

  /** To find a day takes about as much as to look at so many of its events. */
  private static final int DAY_COST = 64;

  private final RollupDao dao;
  private final RollupUpdateDao update;
  private final LooseDao loose;

  LooseEnds(RollupDao dao, RollupUpdateDao update, LooseDao loose) {
    this.dao = dao;
    this.update = update;
    this.loose = loose;
  }

  /** Notes what a change loosens, before it is made. */
  void find(List<RawEvent> removed, List<RawEvent> added, Words words) {
    Map<Group, Tally> ends = ends(removed, words);
    Set<Group> touched = new HashSet<>(ends.keySet());
    touched.addAll(ends(added, words).keySet());
    Columns again = new Columns(touched);
    loose.again(again.days, again.skills, again.agents);
    List<Group> loosened = new ArrayList<>();
    for (long day : ends.keySet().stream().map(Group::day).distinct().toList()) {
      for (StoredTally stored : dao.day(day)) {
        Group group = new Group(day, stored.skill(), stored.agent());
        if (isLoosened(stored, ends.get(group))) {
          loosened.add(group);
        }
      }
    }
    Columns fresh = new Columns(loosened);
    loose.add(fresh.days, fresh.skills, fresh.agents);
    loose.addTotals(loosenedTotals(ends));
  }

  private Map<Group, Tally> ends(List<RawEvent> events, Words words) {
    Map<Group, Tally> ends = new HashMap<>();
    for (RawEvent event : events) {
      ends.computeIfAbsent(groupOf(event, words), group -> new Tally()).widen(event.timestamp());
    }
    return ends;
  }

  private static Group groupOf(RawEvent event, Words words) {
    return new Group(
        Timestamps.dayOf(event.instant()),
        words.numberOf(event.skillName()),
        words.numberOf(event.agentId()));
  }

  private Set<Long> loosenedTotals(Map<Group, Tally> ends) {
    Map<Group, Tally> totalEnds = new HashMap<>();
    ends.forEach(
        (group, tally) ->
            totalsOf(group.skill(), group.agent())
                .forEach(
                    total -> totalEnds.computeIfAbsent(total, g -> new Tally()).add(tally, 1)));
    Set<Long> skills = new HashSet<>();
    for (StoredTally stored : dao.allTotals()) {
      Group group = new Group(0, stored.skill(), stored.agent());
      if (!stored.kept() && isLoosened(stored, totalEnds.get(group))) {
        skills.add(stored.skill());
      }
    }
    return skills;
  }

  private static List<Group> totalsOf(long skill, long agent) {
    return List.of(new Group(0, skill, agent), new Group(0, skill, Rollup.ANY_AGENT));
  }

  private static boolean isLoosened(StoredTally stored, Tally removed) {
    if (removed == null || removed.first == null || removed.last == null) {
      return false;
    }
    Tally tally = TallyCodec.decode(stored.tally());
    return tally.first == null
        || tally.last == null
        || removed.first.compareTo(tally.first) <= 0
        || removed.last.compareTo(tally.last) >= 0;
  }

  /**
   * Looks further.
   *
   * @param limit how many events to look at, about
   */
  void tighten(RollupState state, int limit) {
    Pass pass = loose.pass();
    List<Found> found = loose.foundBefore(pass.no(), Math.max(1, limit / FOUND_COST));
    if (!found.isEmpty()) {
      set(found);
    } else if (loose.nextDay(pass.no(), Long.MIN_VALUE) != null) {
      look(pass, state, limit);
    } else if (loose.isAny()) {
      // Whatever the pass was for was changed meanwhile.
      loose.endPass();
    } else {
      tightenTotals(limit);
    }
  }

  private void look(Pass pass, RollupState state, int limit) {
    boolean isEnd =
        state.disorder() < TextOrder.ANY && loose.hasOrder()
            ? lookInOrder(pass, state, limit)
            : lookAtAll(pass, state, limit);
    if (isEnd) {
      loose.endPass();
    }
  }

  private boolean lookInOrder(Pass pass, RollupState state, int limit) {
    boolean isUnderWay = pass.text() != null && pass.day() != null && pass.row() != null;
    Long day = isUnderWay ? pass.day() : loose.nextDay(pass.no(), Long.MIN_VALUE);
    String text = isUnderWay ? pass.text() : TextOrder.from(day, state.disorder());
    long row = isUnderWay ? pass.row() : RollupState.LOWEST;
    int left = limit;
    while (day != null && left > 0) {
      String to = TextOrder.to(day, state.disorder());
      List<RawEvent> events = loose.eventsAfter(text, row, to, state.watermark(), left);
      see(events, pass.no());
      if (events.size() == left) {
        text = events.get(left - 1).timestamp();
        row = events.get(left - 1).row();
      } else {
        day = loose.nextDay(pass.no(), day + 1);
        // Days whose texts overlap were looked at together.
        String from = day == null ? to : TextOrder.from(day, state.disorder());
        text = from.compareTo(to) < 0 ? to : from;
        row = RollupState.LOWEST;
      }
      left -= events.size() + DAY_COST;
    }
    loose.rest(day, text, row);
    return day == null;
  }

  private boolean lookAtAll(Pass pass, RollupState state, int limit) {
    long row = pass.row() == null || pass.text() != null ? RollupState.LOWEST : pass.row();
    int left = limit;
    while (left > 0 && row < state.watermark()) {
      List<RawEvent> events = dao.eventsAfter(row, left);
      if (events.isEmpty()) {
        return true;
      }
      row = events.get(events.size() - 1).row();
      left -= events.size();
      see(events.stream().filter(event -> event.row() <= state.watermark()).toList(), pass.no());
    }
    loose.rest(null, null, row);
    return row >= state.watermark();
  }

  private void see(List<RawEvent> events, long pass) {
    Words words = new Words(dao);
    words.learn(events);
    Map<Group, Tally> ends = ends(events, words);
    Columns columns = new Columns(ends.keySet());
    loose.widen(
        pass,
        columns.days,
        columns.skills,
        columns.agents,
        ends.values().stream().map(tally -> tally.first).toList(),
        ends.values().stream().map(tally -> tally.last).toList());
  }

  private void set(List<Found> found) {
    Columns columns = new Columns(List.of());
    List<byte[]> tallies = new ArrayList<>();
    for (Found group : found) {
      if (group.tally() != null && group.first() != null) {
        Tally tally = TallyCodec.decode(group.tally());
        tally.first = group.first();
        tally.last = group.last();
        columns.add(new Group(group.day(), group.skill(), group.agent()));
        tallies.add(TallyCodec.encode(tally));
      }
    }
    update.setDays(columns.days, columns.skills, columns.agents, tallies);
    Columns all = new Columns(List.of());
    found.forEach(group -> all.add(new Group(group.day(), group.skill(), group.agent())));
    loose.remove(all.days, all.skills, all.agents);
  }

  /** From the days, since those are right by now. */
  private void tightenTotals(int limit) {
    Long skill = loose.nextTotal();
    int[] left = {limit / FOUND_COST};
    while (skill != null && left[0] > 0) {
      Map<Group, Tally> ends = new HashMap<>();
      dao.forEachDayOfSkill(
          skill,
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          stored -> {
            left[0]--;
            if (!stored.kept()) {
              Tally tally = TallyCodec.decode(stored.tally());
              for (Group total : totalsOf(stored.skill(), stored.agent())) {
                Tally found = ends.computeIfAbsent(total, g -> new Tally());
                found.widen(tally.first);
                found.widen(tally.last);
              }
            }
          });
      setTotals(skill, ends);
      loose.removeTotal(skill);
      skill = loose.nextTotal();
    }
  }

  private void setTotals(long skill, Map<Group, Tally> ends) {
    Columns columns = new Columns(List.of());
    List<byte[]> tallies = new ArrayList<>();
    for (StoredTally stored : dao.totalsOfSkill(skill)) {
      Group group = new Group(0, stored.skill(), stored.agent());
      Tally found = ends.get(group);
      if (!stored.kept() && found != null) {
        Tally tally = TallyCodec.decode(stored.tally());
        tally.first = found.first;
        tally.last = found.last;
        columns.add(group);
        tallies.add(TallyCodec.encode(tally));
      }
    }
    update.setTotals(columns.skills, columns.agents, tallies);
  }

  /** The parameters of a batch. */
  private static final class Columns {

    final List<Long> days = new ArrayList<>();
    final List<Long> skills = new ArrayList<>();
    final List<Long> agents = new ArrayList<>();

    Columns(Collection<Group> groups) {
      groups.forEach(this::add);
    }

    void add(Group group) {
      days.add(group.day());
      skills.add(group.skill());
      agents.add(group.agent());
    }
  }
}
