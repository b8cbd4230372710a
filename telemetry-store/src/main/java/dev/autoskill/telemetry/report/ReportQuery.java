package dev.autoskill.telemetry.report;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which uses a report is about, and how the reports come.
 *
 * <pre>{@code
 * ReportQuery.ALL.lastDays(7, ZoneId.systemDefault()).minimumUses(20).order(ReportOrder.SLOWEST)
 * }</pre>
 *
 * <p>Immutable, so that threads may share it: each method that takes a value returns a query that
 * has it.
 *
 * @param skill the skill's name; null: every skill
 * @param agent the agent; null: every agent
 * @param since the window's beginning, itself included; null: no beginning
 * @param until the window's end, itself not included; null: no end
 * @param minimumUses how many uses a skill must have, to be reported on; at least 1
 * @param order in which order the reports come
 * @param limit how many reports at most; at least 1
 * @param sessions whether distinct sessions are counted, which requires a scan of the events
 */
public record ReportQuery(
    @Nullable String skill,
    @Nullable String agent,
    @Nullable Instant since,
    @Nullable Instant until,
    long minimumUses,
    ReportOrder order,
    int limit,
    boolean sessions) {

  /** Every use of every skill, the most used skill first. */
  public static final ReportQuery ALL =
      new ReportQuery(null, null, null, null, 1, ReportOrder.MOST_USED, Integer.MAX_VALUE, false);

  /**
   * Checks the components.
   *
   * @throws NullPointerException if {@code order} is null
   * @throws IllegalArgumentException if {@code minimumUses} or {@code limit} is less than 1, or
   *     {@code since} is not before {@code until}
   */
  public ReportQuery {
    Objects.requireNonNull(order, "order must not be null");
    if (minimumUses < 1) {
      throw new IllegalArgumentException("minimumUses must be at least 1: " + minimumUses);
    }
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1: " + limit);
    }
    if (since != null && until != null && !since.isBefore(until)) {
      throw new IllegalArgumentException(
          "since must be before until: %s, %s".formatted(since, until));
    }
  }

  /**
   * Asks about one skill.
   *
   * @param skillName the skill's name
   * @return the query
   * @throws NullPointerException if {@code skillName} is null
   */
  public ReportQuery skill(String skillName) {
    Objects.requireNonNull(skillName, "skillName must not be null");
    return new ReportQuery(skillName, agent, since, until, minimumUses, order, limit, sessions);
  }

  /**
   * Asks about the uses on behalf of one agent.
   *
   * @param agentId the agent
   * @return the query
   * @throws NullPointerException if {@code agentId} is null
   */
  public ReportQuery agent(String agentId) {
    Objects.requireNonNull(agentId, "agentId must not be null");
    return new ReportQuery(skill, agentId, since, until, minimumUses, order, limit, sessions);
  }

  /**
   * Asks about the uses since a moment.
   *
   * @param moment the first moment that counts
   * @return the query
   * @throws NullPointerException if {@code moment} is null
   * @throws IllegalArgumentException if it is not before {@link #until()}
   */
  public ReportQuery since(Instant moment) {
    Objects.requireNonNull(moment, "moment must not be null");
    return new ReportQuery(skill, agent, moment, until, minimumUses, order, limit, sessions);
  }

  /**
   * Asks about the uses until a moment.
   *
   * @param moment the first moment that no longer counts
   * @return the query
   * @throws NullPointerException if {@code moment} is null
   * @throws IllegalArgumentException if it is not after {@link #since()}
   */
  public ReportQuery until(Instant moment) {
    Objects.requireNonNull(moment, "moment must not be null");
    return new ReportQuery(skill, agent, since, moment, minimumUses, order, limit, sessions);
  }

  /**
   * Asks about today and the days before it, as the system's clock has it.
   *
   * @param days how many days, today included; at least 1
   * @param zone where those days begin at midnight
   * @return the query; it has no {@link #until()}
   * @throws NullPointerException if {@code zone} is null
   * @throws IllegalArgumentException if {@code days} is less than 1
   */
  public ReportQuery lastDays(int days, ZoneId zone) {
    return lastDays(days, Clock.system(Objects.requireNonNull(zone, "zone must not be null")));
  }

  /**
   * Asks about today and the days before it.
   *
   * @param days how many days, today included; at least 1
   * @param clock says when today is, and where
   * @return the query; it has no {@link #until()}
   * @throws NullPointerException if {@code clock} is null
   * @throws IllegalArgumentException if {@code days} is less than 1
   */
  public ReportQuery lastDays(int days, Clock clock) {
    Objects.requireNonNull(clock, "clock must not be null");
    if (days < 1) {
      throw new IllegalArgumentException("days must be at least 1: " + days);
    }
    Instant start =
        LocalDate.now(clock).minusDays(days - 1L).atStartOfDay(clock.getZone()).toInstant();
    return new ReportQuery(skill, agent, start, null, minimumUses, order, limit, sessions);
  }

  /**
   * Leaves out skills that were used less.
   *
   * @param uses how many uses a skill must have within the window; at least 1
   * @return the query
   * @throws IllegalArgumentException if {@code uses} is less than 1
   */
  public ReportQuery minimumUses(long uses) {
    return new ReportQuery(skill, agent, since, until, uses, order, limit, sessions);
  }

  /**
   * Sets in which order the reports come.
   *
   * @param reportOrder the order
   * @return the query
   * @throws NullPointerException if {@code reportOrder} is null
   */
  public ReportQuery order(ReportOrder reportOrder) {
    return new ReportQuery(skill, agent, since, until, minimumUses, reportOrder, limit, sessions);
  }

  /**
   * Sets how many reports come at most: the first ones of the order.
   *
   * @param reports their number; at least 1
   * @return the query
   * @throws IllegalArgumentException if {@code reports} is less than 1
   */
  public ReportQuery limit(int reports) {
    return new ReportQuery(skill, agent, since, until, minimumUses, order, reports, sessions);
  }

  /**
   * Counts distinct sessions too: see {@link EffectivenessReport#sessions()}.
   *
   * @return the query
   */
  public ReportQuery withSessions() {
    return new ReportQuery(skill, agent, since, until, minimumUses, order, limit, true);
  }
}
