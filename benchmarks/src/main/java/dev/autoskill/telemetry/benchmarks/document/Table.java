package dev.autoskill.telemetry.benchmarks.document;

import java.util.List;

/**
 * Figures as they stand in the document.
 *
 * @param columns the heads; the first is that of the rows' names, the others are of numbers
 * @param rows the cells of each row, as many as there are columns
 */
public record Table(List<String> columns, List<List<String>> rows) {

  /** Copies the lists. */
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }
}
