package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.sqlite.Rollup.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The first and the last timestamps that are no longer known because the event that had them was
 * taken away: they are looked for among those that are left.
 */
final class LooseEnds {

  private final RollupDao dao;
  private final RollupUpdateDao update;
  private final Map<Long, Set<Group>> byDay = new TreeMap<>();
  private final Set<Group> ofTotals = new HashSet<>();

  LooseEnds(RollupDao dao, RollupUpdateDao update) {
    this.dao = dao;
    this.update = update;
  }

  /** Finds them, before the change that takes the events away is made. */
  void find(Rollup change, List<RawEvent> removed, Words words) {
    byDay.clear();
    ofTotals.clear();
    Map<Group, Tally> ends = new HashMap<>();
    for (RawEvent event : removed) {
      long day = Timestamps.dayOf(event.instant());
      long skill = words.numberOf(event.skillName());
      long agent = words.numberOf(event.agentId());
      ends.computeIfAbsent(new Group(day, skill, agent), group -> new Tally())
          .widen(event.timestamp());
    }
    Map<Group, Tally> totalEnds = new HashMap<>();
    ends.forEach(
        (group, tally) ->
            totalsOf(group)
                .forEach(
                    total -> totalEnds.computeIfAbsent(total, g -> new Tally()).add(tally, 1)));
    for (long day : ends.keySet().stream().map(Group::day).distinct().toList()) {
      for (StoredTally stored : dao.day(day)) {
        Group group = new Group(day, stored.skill(), stored.agent());
        if (isLoosened(stored, ends.get(group))) {
          byDay.computeIfAbsent(day, d -> new HashSet<>()).add(group);
        }
      }
    }
    for (StoredTally stored : dao.allTotals()) {
      Group group = new Group(0, stored.skill(), stored.agent());
      if (!stored.kept() && isLoosened(stored, totalEnds.get(group))) {
        ofTotals.add(group);
      }
    }
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

  /** Puts them right, after that change. */
  void tighten(Words words, long watermark, int disorder) {
    byDay.forEach((day, groups) -> tightenDay(day, groups, words, watermark, disorder));
    tightenTotals();
  }

  private void tightenDay(long day, Set<Group> groups, Words words, long watermark, int disorder) {
    Map<Group, Tally> ends = new HashMap<>();
    new DayEvents(dao, watermark, disorder)
        .forEach(
            day,
            day,
            event -> {
              if (Timestamps.dayOf(event.instant()) == day) {
                Group group =
                    new Group(
                        day, words.numberOf(event.skillName()), words.numberOf(event.agentId()));
                if (groups.contains(group)) {
                  ends.computeIfAbsent(group, g -> new Tally()).widen(event.timestamp());
                }
              }
            });
    List<Long> skills = new ArrayList<>();
    List<Long> agents = new ArrayList<>();
    List<byte[]> tallies = new ArrayList<>();
    for (StoredTally stored : dao.day(day)) {
      Tally found = ends.get(new Group(day, stored.skill(), stored.agent()));
      if (found != null) {
        skills.add(stored.skill());
        agents.add(stored.agent());
        tallies.add(withEnds(stored, found));
      }
    }
    update.setDay(day, skills, agents, tallies);
  }

  private void tightenTotals() {
    if (ofTotals.isEmpty()) {
      return;
    }
    Map<Group, Tally> ends = new HashMap<>();
    dao.forEachDay(
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        stored -> {
          List<Group> totals =
              stored.kept()
                  ? List.of()
                  : totalsOf(new Group(stored.day(), stored.skill(), stored.agent()));
          if (totals.stream().anyMatch(ofTotals::contains)) {
            Tally tally = TallyCodec.decode(stored.tally());
            for (Group total : totals) {
              Tally found = ends.computeIfAbsent(total, g -> new Tally());
              found.widen(tally.first);
              found.widen(tally.last);
            }
          }
        });
    List<Long> skills = new ArrayList<>();
    List<Long> agents = new ArrayList<>();
    List<byte[]> tallies = new ArrayList<>();
    for (StoredTally stored : dao.allTotals()) {
      Group group = new Group(0, stored.skill(), stored.agent());
      Tally found = ends.get(group);
      if (!stored.kept() && found != null && ofTotals.contains(group)) {
        skills.add(stored.skill());
        agents.add(stored.agent());
        tallies.add(withEnds(stored, found));
      }
    }
    update.setTotals(skills, agents, tallies);
  }

  private static List<Group> totalsOf(Group group) {
    return List.of(
        new Group(0, group.skill(), group.agent()), new Group(0, group.skill(), Rollup.ANY_AGENT));
  }

  private static byte[] withEnds(StoredTally stored, Tally ends) {
    Tally tally = TallyCodec.decode(stored.tally());
    tally.first = ends.first;
    tally.last = ends.last;
    return TallyCodec.encode(tally);
  }
}
