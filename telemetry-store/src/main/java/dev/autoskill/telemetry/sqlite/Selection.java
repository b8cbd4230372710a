package dev.autoskill.telemetry.sqlite;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which uses are to be added up, and by what.
 *
 * @param skillName the skill; null: every one
 * @param agentId the agent; null: every one
 * @param grouping what is added up apart, besides the periods
 */
record Selection(
    @Nullable String skillName, @Nullable String agentId, Periods periods, Grouping grouping) {

  /** What is added up apart. */
  enum Grouping {
    /** Nothing. */
    TOGETHER,
    /** Each skill. */
    BY_SKILL,
    /** Each agent of each skill; and the sessions of each skill are counted. */
    BY_SKILL_AND_AGENT
  }

  boolean wants(RawEvent event) {
    return (skillName == null || skillName.equals(event.skillName()))
        && (agentId == null || agentId.equals(event.agentId()));
  }

  /** An empty place for each period. */
  List<Uses> noUses() {
    return Stream.generate(() -> new Uses(grouping)).limit(periods.count()).toList();
  }

  boolean countsSessions() {
    return grouping == Grouping.BY_SKILL_AND_AGENT;
  }
}
