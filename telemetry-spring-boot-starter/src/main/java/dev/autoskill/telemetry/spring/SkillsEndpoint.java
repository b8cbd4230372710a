package dev.autoskill.telemetry.spring;

import dev.autoskill.telemetry.Reports;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.error.ErrorCount;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.lang.Nullable;

/** The Actuator's endpoint {@code skills}: how well each skill does. It only reads. */
@Endpoint(id = "skills")
public final class SkillsEndpoint {

  private static final int LIMIT = 100;
  private static final int GREATEST_LIMIT = 1_000;
  private static final int MOST_DAYS = 36_525;
  private static final int MOST_ERRORS = 3;

  private final TelemetryCollector collector;

  SkillsEndpoint(TelemetryCollector collector) {
    this.collector = collector;
  }

  /**
   * {@return a row per skill, the most used one first}
   *
   * @param days only uses of today and the days before it, so many in all
   * @param since only uses from this moment on
   * @param agent only uses by this agent
   * @param limit how many rows at most, from 1 to 1,000; 100 if it is not given
   */
  @ReadOperation
  public SkillsReport skills(
      @Nullable Integer days,
      @Nullable OffsetDateTime since,
      @Nullable String agent,
      @Nullable Integer limit) {
    int most = within("limit", limit == null ? LIMIT : limit, GREATEST_LIMIT);
    ReportQuery query = query(days, since, agent);
    Reports reports = collector.reports();
    List<EffectivenessReport> found = reports.effectiveness(query.limit(most + 1));
    return SkillsReport.of(query, reports, found, Map.of(), most);
  }

  /**
   * {@return the row of one skill, with its errors if there are any; null, which is answered by
   * 404, if it has no uses}
   *
   * @param skill the skill's name, whose slashes separate the parts of a path
   * @param days as for all skills
   * @param since as for all skills
   * @param agent as for all skills
   */
  @ReadOperation
  public @Nullable SkillsReport skill(
      @Selector(match = Match.ALL_REMAINING) String[] skill,
      @Nullable Integer days,
      @Nullable OffsetDateTime since,
      @Nullable String agent) {
    ReportQuery query = query(days, since, agent).skill(String.join("/", skill));
    Reports reports = collector.reports();
    List<EffectivenessReport> found = reports.effectiveness(query);
    Map<String, List<ErrorCount>> errors = reports.errors(query, MOST_ERRORS);
    SkillsReport report = SkillsReport.of(query, reports, found, errors, 1);
    return report.skills().isEmpty() && report.complete() ? null : report;
  }

  private static ReportQuery query(
      @Nullable Integer days, @Nullable OffsetDateTime since, @Nullable String agent) {
    if (days != null && since != null) {
      throw refused("days and since exclude each other");
    }
    ReportQuery query = agent == null ? ReportQuery.ALL : ReportQuery.ALL.agent(agent);
    if (days != null) {
      return query.lastDays(within("days", days, MOST_DAYS), ZoneId.systemDefault());
    }
    return since == null ? query : query.since(since.toInstant());
  }

  private static int within(String parameter, int value, int greatest) {
    if (value < 1 || value > greatest) {
      throw refused("%s must be from 1 to %d: %d".formatted(parameter, greatest, value));
    }
    return value;
  }

  private static InvalidEndpointRequestException refused(String reason) {
    return new InvalidEndpointRequestException(reason, reason);
  }
}
