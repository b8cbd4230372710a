package dev.autoskill.telemetry.cli.output;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a command, in every form but as a table on its way.
 *
 * @param <T> the kind of rows
 * @param data the columns for programs
 * @param table the columns for people
 * @param since the beginning of the window; null: there is none
 * @param until the end of the window, not included; null: there is none
 * @param rows the rows
 */
public record Answer<T>(
    List<Column<T>> data,
    List<TableColumn<T>> table,
    @Nullable Instant since,
    @Nullable Instant until,
    List<T> rows) {

  /** Names the envelope; programs may rely on what {@code docs/cli.md} says of it. */
  public static final String SCHEMA = "skill-telemetry.report/1";

  /**
   * The envelope, alike for every command.
   *
   * @param generatedAt when the answer was made
   * @param warnings what is to be said of it
   * @return the JSON document
   */
  public String json(Instant generatedAt, List<String> warnings) {
    Map<String, @Nullable Object> window = new LinkedHashMap<>();
    window.put("since", since);
    window.put("until", until);
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("schema", SCHEMA);
    envelope.put("generatedAt", generatedAt);
    envelope.put("window", window);
    envelope.put("rows", rows.stream().map(row -> Column.values(data, row)).toList());
    envelope.put("warnings", warnings);
    return Json.indented(envelope) + "\n";
  }

  /**
   * The table for a terminal.
   *
   * @param width how many cells a line may have; at least 1
   * @param isColoured whether colours are on
   * @return its lines
   */
  public String table(int width, boolean isColoured) {
    return new TextTable<>(table, rows).fitting(width, isColoured);
  }

  /**
   * The table in Markdown.
   *
   * @return its lines
   */
  public String markdown() {
    return new TextTable<>(table, rows).markdown();
  }
}
