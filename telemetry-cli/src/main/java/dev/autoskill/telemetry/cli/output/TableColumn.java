package dev.autoskill.telemetry.cli.output;

import java.util.function.Function;

/**
 * A column of a table for people.
 *
 * @param <T> the kind of rows
 * @param head the head
 * @param isRight whether the cells stand at the right
 * @param rank where the table is too wide, the columns of the highest rank are dropped first; that
 *     of rank 0 is never dropped, and is cut short instead
 * @param cell the cell of a row
 */
public record TableColumn<T>(String head, boolean isRight, int rank, Function<T, Cell> cell) {

  /**
   * A column of texts.
   *
   * @param <T> the kind of rows
   * @param head the head
   * @param rank see above
   * @param text the text of a row
   * @return the column
   */
  public static <T> TableColumn<T> text(String head, int rank, Function<T, String> text) {
    return new TableColumn<>(head, false, rank, row -> Cell.of(text.apply(row)));
  }

  /**
   * A column of numbers.
   *
   * @param <T> the kind of rows
   * @param head the head
   * @param rank see above
   * @param text the number of a row, as it is to be shown
   * @return the column
   */
  public static <T> TableColumn<T> number(String head, int rank, Function<T, String> text) {
    return new TableColumn<>(head, true, rank, row -> Cell.of(text.apply(row)));
  }
}
