package dev.autoskill.telemetry.benchmarks.document;

import java.util.List;

/**
 * The findings of one group of benchmarks.
 *
 * @param title of the section
 * @param method how it was measured, in a paragraph or two of Markdown
 * @param tables the figures
 * @param charts the figures to look at
 * @param budgets the promises that these figures decide
 */
public record Section(
    String title, String method, List<Table> tables, List<Chart> charts, List<Budget> budgets) {

  /** Copies the lists. */
  public Section {
    tables = List.copyOf(tables);
    charts = List.copyOf(charts);
    budgets = List.copyOf(budgets);
  }
}
