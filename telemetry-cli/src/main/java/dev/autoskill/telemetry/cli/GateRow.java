package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Cell;
import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.cli.output.Markup;
import dev.autoskill.telemetry.cli.output.TableColumn;
import dev.autoskill.telemetry.cli.output.Tone;
import dev.autoskill.telemetry.cli.statistics.Regression;
import dev.autoskill.telemetry.cli.statistics.Regression.Measure;
import dev.autoskill.telemetry.cli.statistics.Regressions;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.SuccessRate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The gate's verdict on a skill.
 *
 * @param skillName the skill
 * @param verdict the verdict
 * @param measure the measure that became worse; else the success rate
 * @param before its value in the baseline; null if there is none
 * @param after its value since then; null if there is none
 * @param adjustedPValue see {@link Regression}; null unless it became worse
 * @param baselineAttempts attempts in the baseline
 * @param attempts attempts since then
 */
record GateRow(
    String skillName,
    Verdict verdict,
    Measure measure,
    @Nullable Double before,
    @Nullable Double after,
    @Nullable Double adjustedPValue,
    long baselineAttempts,
    long attempts) {

  /** A verdict. */
  enum Verdict {
    WORSE,
    NOT_WORSE,
    TOO_FEW_USES;

    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  static final List<Column<GateRow>> DATA =
      List.of(
          new Column<>("skillName", GateRow::skillName),
          new Column<>("verdict", row -> row.verdict().words()),
          new Column<>("measure", row -> row.measure() == Measure.SUCCESS_RATE ? "rate" : "p95Ms"),
          new Column<>("before", GateRow::before),
          new Column<>("after", GateRow::after),
          new Column<>("adjustedPValue", GateRow::adjustedPValue),
          new Column<>("baselineAttempts", GateRow::baselineAttempts),
          new Column<>("attempts", GateRow::attempts));

  static final List<TableColumn<GateRow>> TABLE =
      List.of(
          TableColumn.text("Skill", 0, GateRow::skillName),
          new TableColumn<>("Verdict", false, 1, GateRow::verdictCell),
          TableColumn.text(
              "Measure", 4, row -> row.measure() == Measure.SUCCESS_RATE ? "success" : "p95"),
          TableColumn.number("Before", 2, row -> row.shown(row.before())),
          TableColumn.number("After", 2, row -> row.shown(row.after())),
          TableColumn.number("p", 3, GateRow::pValue),
          TableColumn.number("Attempts before", 6, row -> Figures.count(row.baselineAttempts())),
          TableColumn.number("after", 5, row -> Figures.count(row.attempts())));

  static GateRow worse(
      Regression regression,
      @Nullable EffectivenessReport before,
      @Nullable EffectivenessReport after) {
    return new GateRow(
        regression.skillName(),
        Verdict.WORSE,
        regression.measure(),
        regression.before(),
        regression.after(),
        regression.adjustedPValue(),
        attempts(before),
        attempts(after));
  }

  static GateRow other(
      String skill,
      @Nullable EffectivenessReport before,
      @Nullable EffectivenessReport after,
      Regressions gate) {
    long least = Math.min(attempts(before), attempts(after));
    return new GateRow(
        skill,
        least >= gate.minimumUses() ? Verdict.NOT_WORSE : Verdict.TOO_FEW_USES,
        Measure.SUCCESS_RATE,
        rate(before),
        rate(after),
        null,
        attempts(before),
        attempts(after));
  }

  private static long attempts(@Nullable EffectivenessReport report) {
    return report == null ? 0 : report.totalUses() - report.skippedCount();
  }

  private static @Nullable Double rate(@Nullable EffectivenessReport report) {
    SuccessRate rate = report == null ? null : report.attemptedSuccessRate();
    return rate == null ? null : rate.rate();
  }

  private Cell verdictCell() {
    Tone tone =
        switch (verdict) {
          case WORSE -> Tone.BAD;
          case NOT_WORSE -> Tone.GOOD;
          case TOO_FEW_USES -> Tone.FAINT;
        };
    return new Cell(verdict.words(), tone);
  }

  private String shown(@Nullable Double value) {
    if (value == null) {
      return Figures.NONE;
    }
    return measure == Measure.SUCCESS_RATE
        ? Figures.percent(value)
        : Figures.millis(Math.round(value));
  }

  private String pValue() {
    return adjustedPValue == null ? Figures.NONE : Figures.pValue(adjustedPValue);
  }

  private String sentence() {
    return "%s: %s before, %s now; p %s"
        .formatted(
            measure == Measure.SUCCESS_RATE ? "success rate" : "p95 of the durations",
            shown(before),
            shown(after),
            pValue());
  }

  /** A test case per row, as build servers show them. */
  static String junit(List<GateRow> rows, Instant now) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append(
        "<testsuite name=\"skill-telemetry gate\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\" timestamp=\"%s\">\n"
            .formatted(
                rows.size(), count(rows, Verdict.WORSE), count(rows, Verdict.TOO_FEW_USES), now));
    for (GateRow row : rows) {
      xml.append("  <testcase classname=\"skill-telemetry\" name=\"")
          .append(
              Markup.xml(row.skillName + (row.verdict == Verdict.WORSE ? " " + row.measure : "")))
          .append("\">");
      switch (row.verdict) {
        case WORSE ->
            xml.append("<failure message=\"").append(Markup.xml(row.sentence())).append("\"/>");
        case TOO_FEW_USES ->
            xml.append(
                "<skipped message=\"%d attempts before, %d now\"/>"
                    .formatted(row.baselineAttempts, row.attempts));
        case NOT_WORSE -> {}
      }
      xml.append("</testcase>\n");
    }
    return xml.append("</testsuite>\n").toString();
  }

  private static long count(List<GateRow> rows, Verdict verdict) {
    return rows.stream().filter(row -> row.verdict == verdict).count();
  }
}
