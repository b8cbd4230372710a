package dev.autoskill.telemetry.cli.mcp;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool of the server, and the command that it stands for.
 *
 * @param name the tool's name
 * @param command the command's name
 * @param description what it answers, for a model
 * @param arguments its arguments; those that the command cannot do without come first
 * @param rows what the rows of its table are
 */
record Tool(String name, String command, String description, List<Argument> arguments, Rows rows) {

  /** An argument of a call: a text that is a parameter or an option of the command, or a flag. */
  record Argument(String name, Kind kind, String description) {

    enum Kind {
      PARAMETER,
      OPTION,
      FLAG
    }

    private static Argument parameter(String name, String description) {
      return new Argument(name, Kind.PARAMETER, description);
    }

    private static Argument option(String name, String description) {
      return new Argument(name, Kind.OPTION, description);
    }

    private static Argument flag(String name, String description) {
      return new Argument(name, Kind.FLAG, description);
    }

    private Object required(@Nullable Object value) {
      if (value == null) {
        throw new IllegalArgumentException(name + " is missing: " + description);
      }
      return value;
    }

    private String text(Object value) {
      if (value instanceof String text) {
        return text;
      }
      throw new IllegalArgumentException(name + " must be a text");
    }

    private boolean isSet(Object value) {
      if (value instanceof Boolean isSet) {
        return isSet;
      }
      throw new IllegalArgumentException(name + " must be true or false");
    }
  }

  /** The rows, of which an answer has a limited number. */
  enum Rows {
    SKILLS("skills"),
    /** Of which the last are the newest. */
    PERIODS("periods"),
    /** Of which the command itself shows the newest. */
    USES("uses"),
    /** A few, which are always shown, and explained by the command itself. */
    SAMPLES(""),
    CHECKS("");

    final String noun;

    Rows(String noun) {
      this.noun = noun;
    }

    boolean areLimited() {
      return !noun.isEmpty();
    }
  }

  static final String SINCE = "since";
  static final String ALL = "all";
  private static final String LIMIT = "limit";
  private static final String STRUCTURED = "structured";
  private static final int USUAL_LIMIT = 20;
  private static final int MOST_ROWS = 100;

  private static final Argument SKILL = Argument.option("skill", "only this skill");
  private static final Argument AGENT =
      Argument.option("agent", "only uses for this agent, such as claude-code");
  private static final Argument WINDOW =
      Argument.option(SINCE, "from when on: 7d, 12h, 2026-11-22, or all; 28d unless said");

  static final List<Tool> ALL_TOOLS =
      List.of(
          new Tool(
              "skill_report",
              "report",
              "How often each skill was used, how often it succeeds, and how long it takes.",
              List.of(
                  SKILL,
                  AGENT,
                  WINDOW,
                  Argument.option("sort", "uses, worst, slow, last or name; uses unless said"),
                  Argument.flag("errors", "also the most frequent exceptions of each skill")),
              Rows.SKILLS),
          new Tool(
              "skill_trend",
              "trend",
              "One skill from day to day, or by weeks, months or years.",
              List.of(
                  Argument.parameter("skill", "the skill's name"),
                  Argument.option("by", "day, week, month or year; day unless said"),
                  AGENT,
                  WINDOW),
              Rows.PERIODS),
          new Tool(
              "skill_compare",
              "compare",
              "Two agents, skills, versions or windows, and whether their success rates differ.",
              List.of(
                  Argument.parameter(
                      "baseline", "such as agent=cursor, skill=review, or since=14d,until=7d"),
                  Argument.parameter("candidate", "what is better or worse, likewise"),
                  SKILL,
                  WINDOW),
              Rows.SAMPLES),
          new Tool(
              "skill_events",
              "events",
              "The newest uses, one by one.",
              List.of(SKILL, AGENT, Argument.option("session", "only this session's uses"), WINDOW),
              Rows.USES),
          new Tool(
              "skill_doctor",
              "doctor",
              "Whether the recording of skills works on this machine and, if not, what helps.",
              List.of(),
              Rows.CHECKS));

  /** The tool as a client sees it. */
  Map<String, @Nullable Object> listed() {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Argument argument : arguments) {
      String type = argument.kind == Argument.Kind.FLAG ? "boolean" : "string";
      properties.put(argument.name, property(type, argument.description));
      if (argument.kind == Argument.Kind.PARAMETER) {
        required.add(argument.name);
      }
    }
    if (rows.areLimited()) {
      String most = "how many " + rows.noun + "; 20 unless said, at most " + MOST_ROWS;
      properties.put(LIMIT, property("integer", most));
    }
    properties.put(STRUCTURED, property("boolean", "also as structured content"));
    Map<String, @Nullable Object> tool = new LinkedHashMap<>();
    tool.put("name", name);
    tool.put("description", description);
    tool.put(
        "inputSchema", Map.of("type", "object", "properties", properties, "required", required));
    tool.put("annotations", Map.of("readOnlyHint", true, "openWorldHint", false));
    return tool;
  }

  private static Map<String, String> property(String type, String description) {
    Map<String, String> property = new LinkedHashMap<>();
    property.put("type", type);
    property.put("description", description);
    return property;
  }

  /**
   * The command line that a call means.
   *
   * @throws IllegalArgumentException if an argument is wrong
   */
  List<String> commandLine(Map<?, ?> given) {
    List<String> words = new ArrayList<>(List.of(command, "--color=never"));
    List<String> parameters = new ArrayList<>();
    int known = 0;
    for (Argument argument : arguments) {
      Object value = given.get(argument.name);
      switch (argument.kind) {
        case PARAMETER -> parameters.add(argument.text(argument.required(value)));
        case OPTION -> {
          if (value != null) {
            words.add(option(argument.name, argument.text(value)));
          }
        }
        case FLAG -> {
          if (value != null && argument.isSet(value)) {
            words.add("--" + argument.name);
          }
        }
      }
      known += given.containsKey(argument.name) ? 1 : 0;
    }
    known += rows.areLimited() && given.containsKey(LIMIT) ? 1 : 0;
    known += given.containsKey(STRUCTURED) ? 1 : 0;
    if (known < given.size()) {
      throw new IllegalArgumentException(name + " has no such argument: " + given.keySet());
    }
    if (rows == Rows.USES) {
      words.add("--limit=" + limit(given));
    }
    if (isStructured(given)) {
      words.add("--json");
    }
    words.add("--");
    words.addAll(parameters);
    return words;
  }

  private static String option(String name, String value) {
    return name.equals(SINCE) && value.equals(ALL) ? "--" + ALL : "--" + name + "=" + value;
  }

  /** How many rows an answer may have. */
  int limit(Map<?, ?> given) {
    Object value = given.get(LIMIT);
    if (value == null) {
      return rows.areLimited() ? USUAL_LIMIT : MOST_ROWS;
    }
    boolean isAllowed =
        value instanceof BigDecimal number
            && number.compareTo(BigDecimal.ONE) >= 0
            && number.compareTo(BigDecimal.valueOf(MOST_ROWS)) <= 0;
    if (!isAllowed) {
      throw new IllegalArgumentException(LIMIT + " must be from 1 to " + MOST_ROWS);
    }
    return ((BigDecimal) value).intValue();
  }

  static boolean isStructured(Map<?, ?> given) {
    return Boolean.TRUE.equals(given.get(STRUCTURED));
  }
}
