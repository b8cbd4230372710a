package dev.autoskill.telemetry.sqlite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What some events add up to, by day, skill and agent: the change that they make to the rollups.
 * Events may be taken away, so it may go below zero.
 */
final class Rollup {

  record Group(long day, long skill, long agent) {}

  /** The sessions of a part, which is a row of its own. */
  record SessionPart(long day, long skill, long part) {}

  /** Stands for all agents together; words are numbered from 1. */
  static final long ANY_AGENT = 0;

  private final Words words;
  private final Map<Group, Tally> tallies = new HashMap<>();
  private final Map<SessionPart, SessionUses> sessions = new HashMap<>();
  private final Map<Long, Set<String>> skillIds = new HashMap<>();

  Rollup(Words words) {
    this.words = words;
  }

  /** Adds an event if {@code sign} is 1, and takes it away if it is -1. */
  void add(RawEvent event, int sign) {
    long day = Timestamps.dayOf(event.instant());
    long skill = words.numberOf(event.skillName());
    long agent = words.numberOf(event.agentId());
    addSkillId(skill, event.skillId());
    tallies.computeIfAbsent(new Group(day, skill, agent), group -> new Tally()).add(event, sign);
    long session = words.numberOf(event.sessionId());
    sessionsOf(day, skill, SessionUses.partOf(session)).add(session, agent, sign);
  }

  /** Adds uses that are added up already, but for their skills' ids and their sessions. */
  void add(Group group, Tally tally) {
    tallies.computeIfAbsent(group, g -> new Tally()).add(tally, 1);
  }

  void addSkillId(long skill, String id) {
    skillIds.computeIfAbsent(skill, s -> new HashSet<>()).add(id);
  }

  /** To be added to. */
  SessionUses sessionsOf(long day, long skill, long part) {
    return sessions.computeIfAbsent(new SessionPart(day, skill, part), p -> new SessionUses());
  }

  Map<Group, Tally> tallies() {
    return tallies;
  }

  /** The ids that each skill has had. */
  Map<Long, Set<String>> skillIds() {
    return skillIds;
  }

  Map<SessionPart, SessionUses> sessions() {
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

  /** The sessions of all days together, by part and then by skill; not to be added to. */
  Map<Long, Map<Long, SessionUses>> sessionsByPart() {
    Map<Long, Map<Long, List<SessionUses>>> days = new TreeMap<>();
    sessions.forEach(
        (place, uses) ->
            days.computeIfAbsent(place.part, part -> new HashMap<>())
                .computeIfAbsent(place.skill, skill -> new ArrayList<>())
                .add(uses));
    Map<Long, Map<Long, SessionUses>> parts = new TreeMap<>();
    days.forEach(
        (part, skills) -> {
          Map<Long, SessionUses> sums = new HashMap<>();
          skills.forEach((skill, some) -> sums.put(skill, SessionUses.sum(some)));
          parts.put(part, sums);
        });
    return parts;
  }
}
