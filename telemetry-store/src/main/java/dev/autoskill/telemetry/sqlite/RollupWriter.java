package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.sqlite.Rollup.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds a change to the stored rollups. Its caller holds the write lock. */
final class RollupWriter {

  private final RollupDao dao;
  private final RollupUpdateDao update;

  RollupWriter(RollupDao dao, RollupUpdateDao update) {
    this.dao = dao;
    this.update = update;
  }

  /**
   * Adds a change.
   *
   * @param kept whether it is to the rollups of the events that retention deleted
   */
  void add(Rollup change, boolean kept) {
    addTallies(change, kept);
    addSkillIds(change);
    addSessionDays(change, kept);
    addSessions(change.sessionsByPart(), kept);
  }

  /** Deletes what a change left without uses. */
  void deleteEmpty(Rollup change) {
    List<Long> days = change.tallies().keySet().stream().map(Group::day).distinct().toList();
    update.deleteEmptyTotals();
    update.deleteEmptyDays(days);
    update.deleteEmptySessionDays(days);
    update.deleteEmptySessions(List.copyOf(change.sessionsByPart().keySet()));
  }

  private void addTallies(Rollup change, boolean kept) {
    Columns total = new Columns();
    change.totals().forEach((group, tally) -> total.add(group, TallyCodec.encode(tally)));
    update.addTotals(total.skills, total.agents, kept, total.values);
    Columns day = new Columns();
    change.tallies().forEach((group, tally) -> day.add(group, TallyCodec.encode(tally)));
    update.addDays(day.days, day.skills, day.agents, kept, day.values);
  }

  private void addSkillIds(Rollup change) {
    List<Long> skills = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    change
        .skillIds()
        .forEach(
            (skill, some) ->
                some.forEach(
                    id -> {
                      skills.add(skill);
                      ids.add(id);
                    }));
    update.addSkillIds(skills, ids);
  }

  private void addSessionDays(Rollup change, boolean kept) {
    List<Long> parts = new ArrayList<>();
    Columns columns = new Columns();
    change
        .sessions()
        .forEach(
            (place, uses) -> {
              parts.add(place.part());
              columns.add(new Group(place.day(), place.skill(), Rollup.ANY_AGENT), uses.encode());
            });
    update.addSessionDays(columns.days, columns.skills, parts, kept, columns.values);
  }

  private void addSessions(Map<Long, Map<Long, SessionUses>> sessions, boolean kept) {
    List<Long> parts = new ArrayList<>();
    Columns columns = new Columns();
    Map<Group, Long> more = new HashMap<>();
    sessions.forEach(
        (part, skills) -> {
          Map<Long, SessionUses> stored = storedSessions(dao, part);
          skills.forEach(
              (skill, uses) -> {
                parts.add(part);
                columns.add(new Group(0, skill, Rollup.ANY_AGENT), uses.encode());
                stored
                    .getOrDefault(skill, new SessionUses())
                    .moreWith(uses)
                    .forEach(
                        (agent, count) -> more.merge(new Group(0, skill, agent), count, Long::sum));
              });
        });
    update.addSessions(parts, columns.skills, kept, columns.values);
    Columns counts = new Columns();
    more.keySet().forEach(group -> counts.add(group, new byte[0]));
    update.addSessionCounts(counts.skills, counts.agents, List.copyOf(more.values()));
  }

  /** All of a part's sessions, those of deleted events too. */
  static Map<Long, SessionUses> storedSessions(RollupDao dao, long part) {
    Map<Long, SessionUses> stored = new HashMap<>();
    for (StoredSessions row : dao.sessions(part)) {
      stored.computeIfAbsent(row.skill(), skill -> new SessionUses()).add(row.uses());
    }
    return stored;
  }

  /** The parameters of a batch. */
  private static final class Columns {

    final List<Long> days = new ArrayList<>();
    final List<Long> skills = new ArrayList<>();
    final List<Long> agents = new ArrayList<>();
    final List<byte[]> values = new ArrayList<>();

    void add(Group group, byte[] value) {
      days.add(group.day());
      skills.add(group.skill());
      agents.add(group.agent());
      values.add(value);
    }
  }
}
