package dev.autoskill.telemetry.benchmarks.document;

import java.util.List;
import java.util.stream.Collectors;

/** Puts sections into Markdown: promises first, then measurements. */
final class MarkdownDocument {

  private static final String HEAD =
      """
      # Benchmarks

      What the library costs, measured on one machine in one run. Absolute figures are of that machine; the ratios should hold on
      others. This file is written by the benchmarks themselves:

          mvn -B -q -ntp -DskipTests -pl benchmarks -am package
          java -cp "benchmarks/target/classes:benchmarks/target/lib/*" dev.autoskill.telemetry.benchmarks.Benchmarks

      """;

  private final String chartFolder;

  /**
   * Makes a renderer.
   *
   * @param chartFolder where the charts are, seen from the document
   */
  MarkdownDocument(String chartFolder) {
    this.chartFolder = chartFolder;
  }

  String render(Table machine, List<Section> sections) {
    StringBuilder text = new StringBuilder(HEAD);
    append(text, machine);
    text.append("## Budgets\n\n");
    append(text, budgets(sections));
    sections.forEach(section -> append(text, section));
    return text.toString().strip() + "\n";
  }

  private static Table budgets(List<Section> sections) {
    List<List<String>> rows =
        sections.stream()
            .flatMap(section -> section.budgets().stream())
            .map(
                budget ->
                    List.of(
                        budget.subject(),
                        budget.limit(),
                        budget.measured(),
                        budget.isMet() ? "met" : "**NOT met**"))
            .toList();
    return new Table(List.of("what", "budget", "measured", ""), rows);
  }

  private void append(StringBuilder text, Section section) {
    text.append("## ").append(section.title()).append("\n\n");
    text.append(section.method().strip()).append("\n\n");
    section.tables().forEach(table -> append(text, table));
    for (Chart chart : section.charts()) {
      text.append("![").append(chart.title()).append("](").append(chartFolder).append('/');
      text.append(chart.name()).append(".svg)\n\n");
    }
  }

  private static void append(StringBuilder text, Table table) {
    text.append(row(table.columns()));
    text.append("|---|").append("---:|".repeat(table.columns().size() - 1)).append('\n');
    table.rows().forEach(row -> text.append(row(row)));
    text.append('\n');
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
