package dev.autoskill.telemetry.report;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The uses that reports are about, and the order and number of the reports.
 *
 * <pre>{@code
 * ReportQuery.ALL.lastDays(7, ZoneId.systemDefault()).minimumUses(20).order(ReportOrder.SLOWEST)
 * }</pre>
 *
 * <p>Immutable, so that threads may share it: each method that takes a value returns a query that
 * has it.
 *
 * @param skill the skill's name; null: every skill
 * @param id the skill's id; null: every id. Only events have one, so days of which retention
 *     deleted the events are left out
 * @param agent the agent; null: every agent
 * @param session the session; null: every session. The same holds as for the id
 * @param since the window's beginning, itself included; null: no beginning
 * @param until the window's end, itself not included; null: no end
 * @param minimumUses how many uses a skill must have, to be reported on; at least 1
 * @param order the order of the reports
 * @param limit the greatest number of reports; at least 1
 * @param sessions whether distinct sessions are counted, which takes a look at each event
 */
public record ReportQuery(
    @Nullable String skill,
    @Nullable String id,
    @Nullable String agent,
    @Nullable String session,
    @Nullable Instant since,
    @Nullable Instant until,
    long minimumUses,
    ReportOrder order,
    int limit,
    boolean sessions) {

  /** Every use of every skill, the most used skill first. */
  public static final ReportQuery ALL =
      new ReportQuery(
          null, null, null, null, null, null, 1, ReportOrder.MOST_USED, Integer.MAX_VALUE, false);

  /** Checks the components. */
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
   * {@return this query for one skill}
   *
   * @param skillName the skill's name
   */
  public ReportQuery skill(String skillName) {
    Objects.requireNonNull(skillName, "skillName must not be null");
    return new ReportQuery(
        skillName, id, agent, session, since, until, minimumUses, order, limit, sessions);
  }

  /**
   * {@return this query for one id of a skill, for example a version of it}
   *
   * @param skillId the id
   */
  public ReportQuery id(String skillId) {
    Objects.requireNonNull(skillId, "skillId must not be null");
    return new ReportQuery(
        skill, skillId, agent, session, since, until, minimumUses, order, limit, sessions);
  }

  /**
   * {@return this query for one session}
   *
   * @param sessionId the session
   */
  public ReportQuery session(String sessionId) {
    Objects.requireNonNull(sessionId, "sessionId must not be null");
    return new ReportQuery(
        skill, id, agent, sessionId, since, until, minimumUses, order, limit, sessions);
  }

  /**
   * {@return this query for one agent}
   *
   * @param agentId the agent
   */
  public ReportQuery agent(String agentId) {
    Objects.requireNonNull(agentId, "agentId must not be null");
    return new ReportQuery(
        skill, id, agentId, session, since, until, minimumUses, order, limit, sessions);
  }

  /**
   * {@return this query for the uses since a moment}
   *
   * @param moment the first moment that counts
   */
  public ReportQuery since(Instant moment) {
    Objects.requireNonNull(moment, "moment must not be null");
    return new ReportQuery(
        skill, id, agent, session, moment, until, minimumUses, order, limit, sessions);
  }

  /**
   * {@return this query for the uses until a moment}
   *
   * @param moment the first moment that no longer counts
   */
  public ReportQuery until(Instant moment) {
    Objects.requireNonNull(moment, "moment must not be null");
    return new ReportQuery(
        skill, id, agent, session, since, moment, minimumUses, order, limit, sessions);
  }

  /**
   * {@return this query for today and the days before it, by the system's clock}
   *
   * @param days how many days, today included; at least 1
   * @param zone where those days begin at midnight
   */
  public ReportQuery lastDays(int days, ZoneId zone) {
    return lastDays(days, Clock.system(Objects.requireNonNull(zone, "zone must not be null")));
  }

  /**
   * {@return this query for today and the days before it}
   *
   * @param days how many days, today included; at least 1
   * @param clock says when today is, and where
   */
  public ReportQuery lastDays(int days, Clock clock) {
    Objects.requireNonNull(clock, "clock must not be null");
    if (days < 1) {
      throw new IllegalArgumentException("days must be at least 1: " + days);
    }
    Instant start =
        LocalDate.now(clock).minusDays(days - 1L).atStartOfDay(clock.getZone()).toInstant();
    return new ReportQuery(
        skill, id, agent, session, start, null, minimumUses, order, limit, sessions);
  }

  /**
   * {@return this query without skills that were used less}
   *
   * @param uses the number of uses that a skill must have within the window; at least 1
   */
  public ReportQuery minimumUses(long uses) {
    return new ReportQuery(skill, id, agent, session, since, until, uses, order, limit, sessions);
  }

  /**
   * {@return this query with another order of the reports}
   *
   * @param reportOrder the order
   */
  public ReportQuery order(ReportOrder reportOrder) {
    return new ReportQuery(
        skill, id, agent, session, since, until, minimumUses, reportOrder, limit, sessions);
  }

  /**
   * {@return this query with another limit}
   *
   * @param reports their number; at least 1
   */
  public ReportQuery limit(int reports) {
    return new ReportQuery(
        skill, id, agent, session, since, until, minimumUses, order, reports, sessions);
  }

  /**
   * {@return this query with {@link EffectivenessReport#sessions()}, which require a scan of the
   * events}
   */
  public ReportQuery withSessions() {
    return new ReportQuery(
        skill, id, agent, session, since, until, minimumUses, order, limit, true);
  }
}
