package dev.autoskill.telemetry.junit;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.ReportQuery;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * Assertions on some uses of a test, as they were when {@link SkillAssertions#assertThat} was
 * called. Methods that narrow the uses down return new assertions; those that check return the same
 * object, or throw an {@link AssertionFailedError} with the expected and the actual number.
 *
 * <p>Immutable, so that threads may share it.
 */
public final class UsesAssert {

  private final SkillUses uses;
  private final List<TelemetryEvent> all;
  private final List<TelemetryEvent> chosen;
  private final ReportQuery query;
  private final String description;

  UsesAssert(SkillUses uses) {
    this.uses = Objects.requireNonNull(uses, "uses must not be null");
    this.all = uses.events();
    this.chosen = all;
    this.query = ReportQuery.ALL;
    this.description = "";
  }

  private UsesAssert(
      UsesAssert whole, Predicate<TelemetryEvent> filter, ReportQuery query, String description) {
    this.uses = whole.uses;
    this.all = whole.all;
    this.chosen = whole.chosen.stream().filter(filter).toList();
    this.query = query;
    this.description = whole.description + description;
  }

  /**
   * {@return assertions on those of the uses that are of one skill}
   *
   * @param skillName the skill's name
   */
  public UsesAssert of(String skillName) {
    Objects.requireNonNull(skillName, "skillName must not be null");
    return new UsesAssert(
        this,
        event -> event.skillName().equals(skillName),
        query.skill(skillName),
        " of \"" + skillName + "\"");
  }

  /**
   * {@return assertions on those of the uses that were made for one agent}
   *
   * @param agentId the agent
   */
  public UsesAssert byAgent(String agentId) {
    Objects.requireNonNull(agentId, "agentId must not be null");
    return new UsesAssert(
        this,
        event -> event.agentId().equals(agentId),
        query.agent(agentId),
        " by the agent \"" + agentId + "\"");
  }

  /**
   * {@return assertions on those of the uses that were made in one session}
   *
   * @param sessionId the session
   */
  public UsesAssert inSession(String sessionId) {
    Objects.requireNonNull(sessionId, "sessionId must not be null");
    return new UsesAssert(
        this,
        event -> event.sessionId().equals(sessionId),
        query.session(sessionId),
        " in the session \"" + sessionId + "\"");
  }

  /**
   * Checks how many uses there are, whatever their outcome.
   *
   * @param expected the expected number
   * @return this
   */
  public UsesAssert times(int expected) {
    return check(null, expected);
  }

  /**
   * Checks that there is no use.
   *
   * @return this
   */
  public UsesAssert never() {
    return times(0);
  }

  /**
   * Checks how many of the uses were a success.
   *
   * @param expected the expected number
   * @return this
   */
  public UsesAssert succeeded(int expected) {
    return check(Outcome.SUCCESS, expected);
  }

  /**
   * Checks how many of the uses were a failure.
   *
   * @param expected the expected number
   * @return this
   */
  public UsesAssert failed(int expected) {
    return check(Outcome.FAILURE, expected);
  }

  /**
   * Checks how many of the uses were a partial success.
   *
   * @param expected the expected number
   * @return this
   */
  public UsesAssert partial(int expected) {
    return check(Outcome.PARTIAL, expected);
  }

  /**
   * Checks how many of the uses were skipped.
   *
   * @param expected the expected number
   * @return this
   */
  public UsesAssert skipped(int expected) {
    return check(Outcome.SKIPPED, expected);
  }

  private UsesAssert check(@Nullable Outcome outcome, int expected) {
    if (expected < 0) {
      throw new IllegalArgumentException("expected must not be negative: " + expected);
    }
    long actual =
        chosen.stream().filter(use -> outcome == null || use.outcome() == outcome).count();
    if (actual != expected) {
      String kind = outcome == null ? "uses" : "uses with the outcome " + outcome.text();
      String message = kind + description + ": expected " + expected + ", but saw " + actual;
      throw new AssertionFailedError(message + Hints.of(uses, all, query), expected, actual);
    }
    return this;
  }
}
