package dev.autoskill.telemetry.sqlite;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What some events add up to, by day, skill and agent: the change that they make to the rollups.
 * Events may be taken away, so it may go below zero.
 */
final class Rollup {

  record Group(long day, long skill, long agent) {}

  record SkillDay(long day, long skill) {}

  /** Stands for all agents together; words are numbered from 1. */
  static final long ANY_AGENT = 0;

  private final Words words;
  private final Map<Group, Tally> tallies = new HashMap<>();
  private final Map<SkillDay, SessionUses> sessions = new HashMap<>();
  private final Map<Long, Set<String>> skillIds = new HashMap<>();

  Rollup(Words words) {
    this.words = words;
  }

  /** Adds an event if {@code sign} is 1, and takes it away if it is -1. */
  void add(RawEvent event, int sign) {
    long day = Timestamps.dayOf(event.instant());
    long skill = words.numberOf(event.skillName());
    long agent = words.numberOf(event.agentId());
    skillIds.computeIfAbsent(skill, s -> new HashSet<>()).add(event.skillId());
    tallies.computeIfAbsent(new Group(day, skill, agent), group -> new Tally()).add(event, sign);
    sessions
        .computeIfAbsent(new SkillDay(day, skill), group -> new SessionUses())
        .add(words.numberOf(event.sessionId()), agent, sign);
  }

  Map<Group, Tally> tallies() {
    return tallies;
  }

  /** The ids that each skill has had. */
  Map<Long, Set<String>> skillIds() {
    return skillIds;
  }

  Map<SkillDay, SessionUses> sessions() {
    return sessions;
  }

  /**
   * The tallies of all days together, by skill and agent and by skill alone; their groups are of
   * day 0.
   */
  Map<Group, Tally> totals() {
    Map<Group, Tally> totals = new HashMap<>();
    tallies.forEach(
        (group, tally) -> {
          totals
              .computeIfAbsent(new Group(0, group.skill, group.agent), total -> new Tally())
              .add(tally, 1);
          totals
              .computeIfAbsent(new Group(0, group.skill, ANY_AGENT), total -> new Tally())
              .add(tally, 1);
        });
    return totals;
  }

  /** The sessions of all days together, by part and then by skill. */
  Map<Long, Map<Long, SessionUses>> sessionsByPart() {
    Map<Long, Map<Long, SessionUses>> parts = new TreeMap<>();
    sessions.forEach(
        (group, uses) ->
            uses.byPart()
                .forEach(
                    (part, some) ->
                        parts
                            .computeIfAbsent(part, p -> new HashMap<>())
                            .computeIfAbsent(group.skill, skill -> new SessionUses())
                            .add(some)));
    return parts;
  }
}
