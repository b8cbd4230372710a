package dev.autoskill.telemetry.sqlite;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the rollups say of a selection. Events that retention deleted are known by whole days only,
 * and count for the period that their day begins in.
 */
final class StoredUses {

  private final RollupDao dao;
  private final Selection selection;
  private final boolean isTrue;
  private final @Nullable Long skill;
  private final @Nullable Long agent;

  /**
   * Makes one.
   *
   * @param isTrue whether the rollups of events that are still in the table can be relied on; if
   *     not, only those of deleted events are added
   */
  StoredUses(RollupDao dao, Words words, Selection selection, boolean isTrue) {
    this.dao = dao;
    this.selection = selection;
    this.isTrue = isTrue;
    this.skill =
        selection.skillName() == null ? null : words.learnedNumberOf(selection.skillName());
    this.agent = selection.agentId() == null ? null : words.learnedNumberOf(selection.agentId());
  }

  /** All there is. */
  void addTotals(Uses uses) {
    // One tally a skill is quicker to read than one for each of its agents.
    boolean areAgentsTogether = isTrue && agent == null;
    for (StoredTally stored : areAgentsTogether ? dao.totalsOfAnyAgent(skill) : dao.totals(skill)) {
      if (isWanted(stored)) {
        TallyCodec.addTo(uses.of(stored.skill(), stored.agent()), stored.tally());
      }
    }
    if (!selection.countsSessions()) {
      return;
    }
    if (areAgentsTogether) {
      dao.forEachAgent(skill, used -> uses.usedBy(used.skill(), used.agent()));
    }
    if (isTrue) {
      dao.sessionCounts(agent == null ? Uses.ANY : agent).forEach(uses::countSessions);
    } else {
      dao.keptSessions().forEach(row -> addSessions(uses, row.skill(), row.uses()));
    }
  }

  /** The days that are wholly in one period, and of deleted events also the others. */
  void addDays(List<Uses> periods) {
    Periods spans = selection.periods();
    Set<Long> cut = spans.cutDays();
    long from = spans.firstDay();
    long to = spans.lastDay();
    Map<Long, Integer> indexes = new HashMap<>();
    Consumer<StoredTally> addTally =
        stored -> {
          int index = indexes.computeIfAbsent(stored.day(), spans::indexOfDay);
          if (index >= 0 && isWanted(stored) && (stored.kept() || !cut.contains(stored.day()))) {
            Uses uses = periods.get(index);
            TallyCodec.addTo(uses.of(stored.skill(), stored.agent()), stored.tally());
          }
        };
    if (skill == null) {
      dao.forEachDay(from, to, addTally);
    } else {
      dao.forEachDayOfSkill(skill, from, to, addTally);
    }
    if (selection.countsSessions()) {
      dao.forEachSessionDay(
          from,
          to,
          skill,
          stored -> {
            int index = indexes.computeIfAbsent(stored.day(), spans::indexOfDay);
            if (index >= 0
                && (stored.kept() || isTrue)
                && (stored.kept() || !cut.contains(stored.day()))) {
              addSessions(periods.get(index), stored.skill(), stored.tally());
            }
          });
    }
  }

  private void addSessions(Uses uses, long ofSkill, byte @Nullable [] encoded) {
    if (skill == null || skill == ofSkill) {
      uses.sessionsOf(ofSkill).add(encoded, agent);
    }
  }

  private boolean isWanted(StoredTally stored) {
    return (stored.kept() || isTrue) && (agent == null || agent == stored.agent());
  }
}
