package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.sqlite.Selection.Grouping;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the selected uses of one period add up to. */
final class Uses {

  /** Stands for all skills or all agents where they are added up together. */
  static final long ANY = Rollup.ANY_AGENT;

  /** Of whom; {@link #ANY} where it does not matter. */
  record Who(long skill, long agent) {}

  private final Grouping grouping;
  private final Map<Who, Tally> tallies = new HashMap<>();
  private final Map<Long, Set<Long>> agents = new HashMap<>();
  private final Map<Long, SessionUses> sessions = new HashMap<>();
  private final Map<Long, Long> countedSessions = new HashMap<>();

  Uses(Grouping grouping) {
    this.grouping = grouping;
  }

  /** Notes that an agent used a skill, where the tally is of all agents together. */
  void usedBy(long skill, long agent) {
    agents.computeIfAbsent(skill, s -> new HashSet<>()).add(agent);
  }

  /** The agents that are known from {@link #usedBy} or from the tallies. */
  Map<Long, Set<Long>> agents() {
    Map<Long, Set<Long>> all = new HashMap<>();
    agents.forEach((skill, some) -> all.put(skill, new HashSet<>(some)));
    tallies.forEach(
        (who, tally) -> {
          if (!tally.isEmpty() && who.agent() != ANY) {
            all.computeIfAbsent(who.skill(), s -> new HashSet<>()).add(who.agent());
          }
        });
    return all;
  }

  Tally of(long skill, long agent) {
    return tallies.computeIfAbsent(
        switch (grouping) {
          case TOGETHER -> new Who(ANY, ANY);
          case BY_SKILL -> new Who(skill, ANY);
          case BY_SKILL_AND_AGENT -> new Who(skill, agent);
        },
        who -> new Tally());
  }

  SessionUses sessionsOf(long skill) {
    return sessions.computeIfAbsent(skill, s -> new SessionUses());
  }

  /** Counts sessions that are known by number only, apart from those of {@link #sessionsOf}. */
  void countSessions(long skill, long count) {
    countedSessions.merge(skill, count, Long::sum);
  }

  Map<Who, Tally> tallies() {
    return tallies;
  }

  /** How many distinct sessions used the skill. */
  long sessions(long skill) {
    SessionUses known = sessions.get(skill);
    return countedSessions.getOrDefault(skill, 0L) + (known == null ? 0 : known.distinct());
  }
}
