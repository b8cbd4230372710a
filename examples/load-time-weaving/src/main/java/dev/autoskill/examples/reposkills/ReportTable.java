package dev.autoskill.examples.reposkills;

import dev.autoskill.telemetry.report.EffectivenessReport;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The effectiveness report as a table for people. */
final class ReportTable {

  private record Column(String title, boolean numeric, Function<EffectivenessReport, String> cell) {

    String aligned(String text, int width) {
      String padding = " ".repeat(width - length(text));
      return numeric ? padding + text : text + padding;
    }

    int width(List<EffectivenessReport> reports) {
      int widest = reports.stream().map(cell).mapToInt(ReportTable::length).max().orElse(0);
      return Math.max(widest, length(title));
    }
  }

  private static final List<Column> COLUMNS =
      List.of(
          new Column("Skill", false, report -> OneLine.of(report.skillName())),
          new Column("Uses", true, report -> Long.toString(report.totalUses())),
          new Column("Successes", true, report -> Long.toString(report.successCount())),
          new Column("Failures", true, report -> Long.toString(report.failureCount())),
          new Column("Rate", true, ReportTable::rate),
          new Column("Avg ms", true, ReportTable::averageMs),
          new Column("Agents", false, ReportTable::agents),
          new Column("Last used", false, ReportTable::lastUsed));

  private ReportTable() {}

  static String of(List<EffectivenessReport> reports) {
    if (reports.isEmpty()) {
      return "No skill use is stored yet.\n";
    }
    StringBuilder table = new StringBuilder(row(reports, Column::title));
    for (EffectivenessReport report : reports) {
      table.append(row(reports, column -> column.cell().apply(report)));
    }
    return table.toString();
  }

  private static String row(List<EffectivenessReport> reports, Function<Column, String> text) {
    return COLUMNS.stream()
            .map(column -> column.aligned(text.apply(column), column.width(reports)))
            .collect(Collectors.joining("  "))
            .stripTrailing()
        + "\n";
  }

  private static String rate(EffectivenessReport report) {
    return String.format(Locale.ROOT, "%.1f%%", report.successRate() * 100);
  }

  private static String averageMs(EffectivenessReport report) {
    return report.avgDurationMs() == null ? "-" : report.avgDurationMs().toString();
  }

  private static String agents(EffectivenessReport report) {
    return OneLine.of(String.join(", ", report.agentsUsed()));
  }

  private static String lastUsed(EffectivenessReport report) {
    return report.lastUsed().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
