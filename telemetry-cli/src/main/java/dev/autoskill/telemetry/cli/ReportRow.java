package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Cell;
import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.cli.output.TableColumn;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.SuccessRate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of a report. */
final class ReportRow {

  /** The components of the record; the interval of the success rate is two more. */
  static final List<Column<EffectivenessReport>> DATA =
      List.of(
          new Column<>("skillName", EffectivenessReport::skillName),
          new Column<>("totalUses", EffectivenessReport::totalUses),
          new Column<>("successCount", EffectivenessReport::successCount),
          new Column<>("failureCount", EffectivenessReport::failureCount),
          new Column<>("successRate", EffectivenessReport::successRate),
          new Column<>("avgDurationMs", EffectivenessReport::avgDurationMs),
          new Column<>("agentsUsed", EffectivenessReport::agentsUsed),
          new Column<>("lastUsed", EffectivenessReport::lastUsed),
          new Column<>("partialCount", EffectivenessReport::partialCount),
          new Column<>("skippedCount", EffectivenessReport::skippedCount),
          new Column<>("attemptedSuccessRate", report -> rate(report, SuccessRate::rate)),
          new Column<>(
              "attemptedSuccessRateLow95", report -> rate(report, rate -> rate.interval95().low())),
          new Column<>(
              "attemptedSuccessRateHigh95",
              report -> rate(report, rate -> rate.interval95().high())),
          new Column<>("p50Ms", EffectivenessReport::p50Ms),
          new Column<>("p90Ms", EffectivenessReport::p90Ms),
          new Column<>("p95Ms", EffectivenessReport::p95Ms),
          new Column<>("p99Ms", EffectivenessReport::p99Ms),
          new Column<>("firstUsed", EffectivenessReport::firstUsed),
          new Column<>("sessions", EffectivenessReport::sessions));

  /** The columns that auto-skill's own tool knows. */
  static final List<Column<EffectivenessReport>> AUTO_SKILL = autoSkill();

  private ReportRow() {}

  private static List<Column<EffectivenessReport>> autoSkill() {
    List<Column<EffectivenessReport>> columns = new ArrayList<>(DATA.subList(0, 7));
    columns.add(new Column<>("lastUsed", report -> millis(report.lastUsed())));
    return List.copyOf(columns);
  }

  static List<TableColumn<EffectivenessReport>> table(Host host) {
    return List.of(
        TableColumn.text("Skill", 0, EffectivenessReport::skillName),
        TableColumn.number("Uses", 1, report -> Figures.count(report.totalUses())),
        new TableColumn<>(
            "Success", true, 2, report -> Figures.rate(report.attemptedSuccessRate())),
        new TableColumn<>(
            "95% CI", true, 6, report -> Cell.of(Figures.interval(report.attemptedSuccessRate()))),
        TableColumn.number("Failed", 3, report -> Figures.count(report.failureCount())),
        TableColumn.number("Partial", 8, report -> Figures.count(report.partialCount())),
        TableColumn.number("Skipped", 9, report -> Figures.count(report.skippedCount())),
        TableColumn.number("p50", 7, report -> Figures.millis(report.p50Ms())),
        TableColumn.number("p95", 5, report -> Figures.millis(report.p95Ms())),
        TableColumn.text("Agents", 10, report -> String.join(" ", report.agentsUsed())),
        TableColumn.text("Last used", 4, report -> Figures.moment(report.lastUsed(), host)));
  }

  private static @Nullable Double rate(
      EffectivenessReport report, Function<SuccessRate, Double> value) {
    SuccessRate rate = report.attemptedSuccessRate();
    return rate == null ? null : value.apply(rate);
  }

  /** With three decimals, as JavaScript writes moments. */
  static String millis(Instant moment) {
    String text = moment.truncatedTo(ChronoUnit.MILLIS).toString();
    return text.contains(".") ? text : text.replace("Z", ".000Z");
  }
}
