package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.cli.output.Printable;
import dev.autoskill.telemetry.cli.output.TableColumn;
import dev.autoskill.telemetry.error.ErrorCount;
import dev.autoskill.telemetry.report.EffectivenessReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The columns of a report with the errors of each skill, the most frequent first. */
final class SkillErrors {

  private static final String HEAD = "Errors";

  /** A name, the number of its uses, and the gaps. */
  private static final int CELLS_OF_OTHERS = 28;

  private SkillErrors() {}

  /** By class, how many uses failed by it. */
  static Column<EffectivenessReport> data(Map<String, List<ErrorCount>> errors) {
    return new Column<>(
        "errors",
        report -> {
          Map<String, Long> counts = new LinkedHashMap<>();
          of(report, errors).forEach(each -> counts.put(each.error(), each.uses()));
          return counts;
        });
  }

  /**
   * Without the packages, for which a line has no room, and cut, since the table would leave out a
   * column that is too wide.
   *
   * @param errors the errors by skill
   * @param width how many cells a line has
   */
  static TableColumn<EffectivenessReport> table(Map<String, List<ErrorCount>> errors, int width) {
    int most = Math.max(HEAD.length(), width - CELLS_OF_OTHERS);
    return TableColumn.text(
        HEAD,
        1,
        report ->
            Printable.fit(
                of(report, errors).stream()
                    .map(each -> simpleName(each.error()) + " " + Figures.count(each.uses()))
                    .collect(Collectors.joining(", ")),
                most));
  }

  private static List<ErrorCount> of(
      EffectivenessReport report, Map<String, List<ErrorCount>> errors) {
    return errors.getOrDefault(report.skillName(), List.of());
  }

  private static String simpleName(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
