package dev.autoskill.telemetry.cli.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of data: a member of each JSON object, and a field of each line of CSV.
 *
 * @param <T> the kind of rows
 * @param name the name, which is promised to stay
 * @param value the value of a row: a number, a boolean, a list of texts, a map of texts to numbers,
 *     a text, something that is written as its text, or null
 */
public record Column<T>(String name, Function<T, @Nullable Object> value) {

  /**
   * The values of a row by their names, in order.
   *
   * @param <T> the kind of rows
   * @param columns the columns
   * @param row the row
   * @return a map with an entry per column
   */
  public static <T> Map<String, @Nullable Object> values(List<Column<T>> columns, T row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    columns.forEach(column -> values.put(column.name(), column.value().apply(row)));
    return values;
  }
}
