package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.cli.output.TableColumn;
import dev.autoskill.telemetry.error.ErrorCount;
import dev.autoskill.telemetry.report.EffectivenessReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The columns of a report with the errors of each skill, the most frequent first. */
final class SkillErrors {

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

  /** Without the packages, for which a line has no room. */
  static TableColumn<EffectivenessReport> table(Map<String, List<ErrorCount>> errors) {
    return TableColumn.text(
        "Errors",
        1,
        report ->
            of(report, errors).stream()
                .map(each -> simpleName(each.error()) + " " + Figures.count(each.uses()))
                .collect(Collectors.joining(", ")));
  }

  private static List<ErrorCount> of(
      EffectivenessReport report, Map<String, List<ErrorCount>> errors) {
    return errors.getOrDefault(report.skillName(), List.of());
  }

  private static String simpleName(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
