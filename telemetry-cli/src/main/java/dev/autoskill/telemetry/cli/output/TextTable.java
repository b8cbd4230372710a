package dev.autoskill.telemetry.cli.output;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Lays rows out as a table: for a terminal of a certain width, or as Markdown.
 *
 * @param <T> the kind of rows
 */
final class TextTable<T> {

  private static final String GAP = "  ";

  /** A name is cut no shorter to keep another column. */
  private static final int LEAST_CELLS = 16;

  private final List<TableColumn<T>> columns;
  private final List<List<Cell>> cells = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();

  TextTable(List<TableColumn<T>> columns, List<T> rows) {
    this.columns = new ArrayList<>(columns);
    for (TableColumn<T> column : columns) {
      List<Cell> ofColumn = new ArrayList<>();
      ofColumn.add(new Cell(column.head(), Tone.HEAD));
      rows.forEach(row -> ofColumn.add(column.cell().apply(row)));
      cells.add(ofColumn);
      widths.add(ofColumn.stream().mapToInt(cell -> Printable.width(cell.text())).max().orElse(0));
    }
  }

  /** Drops and cuts columns until the table is no wider; {@code width} is at least 1. */
  String fitting(int width, boolean isColoured) {
    while (totalWidth(true) > width && columns.size() > 1) {
      drop();
    }
    int first = flexible();
    widths.set(
        first, Math.max(1, Math.min(widths.get(first), width - (total() - widths.get(first)))));
    StringBuilder table = new StringBuilder();
    for (int row = 0; row < cells.get(0).size(); row++) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns.size(); i++) {
        Cell cell = cells.get(i).get(row);
        String text = Printable.fit(cell.text(), widths.get(i));
        String padding = " ".repeat(widths.get(i) - Printable.width(text));
        String painted = cell.tone().paint(text, isColoured);
        boolean isLast = i == columns.size() - 1;
        line.append(i == 0 ? "" : GAP)
            .append(
                columns.get(i).isRight()
                    ? padding + painted
                    : isLast ? painted : painted + padding);
      }
      table.append(line).append('\n');
    }
    return table.toString();
  }

  private int flexible() {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).rank() == 0) {
        return i;
      }
    }
    return 0;
  }

  private int total() {
    return totalWidth(false);
  }

  private int totalWidth(boolean isCut) {
    int total = GAP.length() * (columns.size() - 1);
    for (int i = 0; i < columns.size(); i++) {
      boolean isFlexible = isCut && columns.get(i).rank() == 0;
      total += isFlexible ? Math.min(widths.get(i), LEAST_CELLS) : widths.get(i);
    }
    return total;
  }

  private void drop() {
    TableColumn<T> least =
        columns.stream().max(Comparator.comparingInt(TableColumn::rank)).orElseThrow();
    int i = columns.lastIndexOf(least);
    columns.remove(i);
    cells.remove(i);
    widths.remove(i);
  }

  /** GitHub's tables. */
  String markdown() {
    StringBuilder table = new StringBuilder();
    for (int row = 0; row < cells.get(0).size(); row++) {
      for (List<Cell> column : cells) {
        table.append("| ").append(Markup.markdown(column.get(row).text())).append(' ');
      }
      table.append("|\n");
      if (row == 0) {
        columns.forEach(column -> table.append(column.isRight() ? "| ---: " : "| --- "));
        table.append("|\n");
      }
    }
    return table.toString();
  }
}
