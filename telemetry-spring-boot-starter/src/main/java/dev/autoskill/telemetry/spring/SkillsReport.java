package dev.autoskill.telemetry.spring;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.autoskill.telemetry.Reports;
import dev.autoskill.telemetry.error.ErrorCount;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.SuccessRate;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of the endpoint. What has no value is left out, whichever Jackson writes it.
 *
 * @param since the beginning of the window; null if it has none
 * @param complete whether all uses are counted; if not, some could not be read or stored in time
 * @param whyIncomplete what was the matter, in plain words; null if the answer is complete
 * @param more whether there are more skills than rows
 * @param skills a row per skill
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SkillsReport(
    @Nullable Instant since,
    boolean complete,
    @Nullable String whyIncomplete,
    boolean more,
    List<Row> skills) {

  /** Copies the list, so that the answer cannot change. */
  public SkillsReport {
    skills = List.copyOf(skills);
  }

  static SkillsReport of(
      ReportQuery query,
      Reports reports,
      List<EffectivenessReport> found,
      Map<String, List<ErrorCount>> errors,
      int most) {
    return new SkillsReport(
        query.since(),
        reports.isComplete(),
        reports.whyIncomplete(),
        found.size() > most,
        found.stream()
            .limit(most)
            .map(report -> Row.of(report, errors.get(report.skillName())))
            .toList());
  }

  /**
   * A skill: an {@link EffectivenessReport} with the names that the command's JSON has.
   *
   * @param skillName the skill's name
   * @param totalUses how often it was used
   * @param successCount how many uses were a success
   * @param failureCount how many uses were a failure
   * @param successRate successes among all uses, three decimals
   * @param avgDurationMs the mean duration; null if none was recorded, like all that follow
   * @param agentsUsed the agents it ran for, sorted
   * @param lastUsed when it was used last
   * @param partialCount how many uses were a partial success
   * @param skippedCount how many uses found nothing to do
   * @param attemptedSuccessRate successes among the uses that were not skipped; null if there are
   *     none
   * @param attemptedSuccessRateLow95 the lower end of its 95 % confidence interval
   * @param attemptedSuccessRateHigh95 the upper end
   * @param p50Ms the median of the durations
   * @param p90Ms their 90th percentile
   * @param p95Ms their 95th percentile
   * @param p99Ms their 99th percentile
   * @param firstUsed when it was used first
   * @param errors how many uses failed by exceptions of which class, the most frequent first; null
   *     if none were asked for or kept
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Row(
      String skillName,
      long totalUses,
      long successCount,
      long failureCount,
      double successRate,
      @Nullable Long avgDurationMs,
      List<String> agentsUsed,
      Instant lastUsed,
      long partialCount,
      long skippedCount,
      @Nullable Double attemptedSuccessRate,
      @Nullable Double attemptedSuccessRateLow95,
      @Nullable Double attemptedSuccessRateHigh95,
      @Nullable Long p50Ms,
      @Nullable Long p90Ms,
      @Nullable Long p95Ms,
      @Nullable Long p99Ms,
      Instant firstUsed,
      @Nullable Map<String, Long> errors) {

    /** Copies the list and the map, so that the row cannot change. */
    public Row {
      agentsUsed = List.copyOf(agentsUsed);
      errors = errors == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(errors));
    }

    static Row of(EffectivenessReport report, @Nullable List<ErrorCount> errors) {
      SuccessRate rate = report.attemptedSuccessRate();
      SuccessRate.Interval interval = rate == null ? null : rate.interval95();
      return new Row(
          report.skillName(),
          report.totalUses(),
          report.successCount(),
          report.failureCount(),
          report.successRate(),
          report.avgDurationMs(),
          report.agentsUsed(),
          report.lastUsed(),
          report.partialCount(),
          report.skippedCount(),
          rate == null ? null : rate.rate(),
          interval == null ? null : interval.low(),
          interval == null ? null : interval.high(),
          report.p50Ms(),
          report.p90Ms(),
          report.p95Ms(),
          report.p99Ms(),
          report.firstUsed(),
          errors == null ? null : uses(errors));
    }

    private static Map<String, Long> uses(List<ErrorCount> errors) {
      Map<String, Long> uses = new LinkedHashMap<>();
      errors.forEach(each -> uses.put(each.error(), each.uses()));
      return uses;
    }
  }
}
