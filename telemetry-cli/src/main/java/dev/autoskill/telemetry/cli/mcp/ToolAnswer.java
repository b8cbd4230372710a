package dev.autoskill.telemetry.cli.mcp;

import dev.autoskill.telemetry.cli.output.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a short answer of what a command has written. */
final class ToolAnswer {

  /** An answer goes into the memory of a model. */
  private static final int MOST_CHARS = 50_000;

  private static final String ROWS = "rows";
  private static final String WELL = "ok";

  private final Tool tool;
  private final Map<?, ?> arguments;
  private final int limit;

  ToolAnswer(Tool tool, Map<?, ?> arguments) {
    this.tool = tool;
    this.arguments = arguments;
    this.limit = tool.limit(arguments);
  }

  /** The result of a call: a table and a sentence, or a sentence and the rows as they are. */
  Map<String, @Nullable Object> of(CommandLine.Result result) {
    String notes = result.err().strip().replace("--all", "since=all");
    if (result.status() == CommandLine.Status.FAILED) {
      return content(notes, true);
    }
    if (!Tool.isStructured(arguments)) {
      return content(table(result) + notes, false);
    }
    Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
    ((Map<?, ?>) JsonReader.read(result.out())).forEach((k, v) -> envelope.put((String) k, v));
    List<?> rows = (List<?>) envelope.get(ROWS);
    envelope.put(ROWS, limited(rows));
    if (Json.compact(envelope).length() > MOST_CHARS) {
      return content("That is too much for structured content; lower the limit.", true);
    }
    Map<String, @Nullable Object> answer =
        content(sentence(rows.size(), result.status()) + "\n" + notes, false);
    answer.put("structuredContent", envelope);
    return answer;
  }

  static Map<String, @Nullable Object> refusal(String why) {
    return content(why, true);
  }

  private static Map<String, @Nullable Object> content(String text, boolean isError) {
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("type", "text");
    block.put("text", text.strip());
    Map<String, @Nullable Object> content = new LinkedHashMap<>();
    content.put("content", List.of(block));
    content.put("isError", isError);
    return content;
  }

  private String table(CommandLine.Result result) {
    List<String> lines = result.out().lines().toList();
    if (!tool.rows().areLimited()) {
      List<String> shown = new ArrayList<>(limited(lines));
      if (shown.size() < lines.size()) {
        shown.add("\nChecks left out, which are well: %d.".formatted(lines.size() - shown.size()));
      }
      return String.join("\n", shown) + "\n\n" + sentence(0, result.status()) + "\n";
    }
    List<String> rows = lines.subList(Math.min(1, lines.size()), lines.size());
    List<String> shown = new ArrayList<>(lines.subList(0, lines.size() - rows.size()));
    shown.addAll(limited(rows));
    shown.add("");
    shown.add(sentence(rows.size(), result.status()));
    return String.join("\n", shown) + "\n";
  }

  private <T> List<T> limited(List<T> rows) {
    int excess = Math.max(0, rows.size() - limit);
    return switch (tool.rows()) {
      case PERIODS -> rows.subList(excess, rows.size());
      case CHECKS -> withoutWell(rows, excess);
      default -> rows.subList(0, rows.size() - excess);
    };
  }

  /** There may be a check per JVM of the machine. */
  private static <T> List<T> withoutWell(List<T> checks, int excess) {
    List<T> shown = new ArrayList<>(checks);
    for (int i = checks.size() - 1; i >= 0 && shown.size() > checks.size() - excess; i--) {
      if (isWell(checks.get(i))) {
        shown.remove(i);
      }
    }
    return shown;
  }

  private static boolean isWell(Object check) {
    return check instanceof Map<?, ?> row
        ? WELL.equals(row.get("status"))
        : ((String) check).startsWith(WELL + " ");
  }

  private String sentence(int rows, CommandLine.Status status) {
    String since = String.valueOf(arguments.get(Tool.SINCE));
    String window = since.equals("null") ? "28d" : since;
    String which =
        switch (tool.rows()) {
          case SAMPLES -> "";
          case CHECKS ->
              status == CommandLine.Status.DONE
                  ? "Nothing is wrong."
                  : "Something is wrong: see what failed.";
          case USES -> "The newest uses, " + rows;
          case SKILLS -> rows > limit ? "The first " + limit + " of " + rows : "Skills: " + rows;
          case PERIODS -> rows > limit ? "The last " + limit + " of " + rows : "Periods: " + rows;
        };
    return tool.rows().areLimited() ? which + " (since: " + window + ")." : which;
  }
}
