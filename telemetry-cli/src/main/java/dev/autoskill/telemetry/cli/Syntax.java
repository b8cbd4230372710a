package dev.autoskill.telemetry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options and parameters that a command takes: reads its command line, and writes its help. */
final class Syntax {

  /**
   * An option, which may be given once.
   *
   * @param name how it is spelled
   * @param value stands for its value in the help; null: it takes none
   * @param description what it does
   */
  record Option(String name, @Nullable String value, String description) {

    private String shown() {
      return value == null ? name : name + "=" + value;
    }
  }

  /**
   * A parameter. Those that the command cannot do without come first.
   *
   * @param name stands for it in the help
   * @param isRequired whether the command cannot do without it
   * @param description what it is
   */
  record Parameter(String name, boolean isRequired, String description) {}

  /** After it, nothing is an option. */
  static final String END_OF_OPTIONS = "--";

  private static final int WIDTH = 100;
  private static final String MARGIN = "  ";

  private final String command;
  private final Map<String, Option> options = new LinkedHashMap<>();
  private final List<Parameter> parameters = new ArrayList<>();

  /** Makes it for a command, which is named as it is called. */
  Syntax(String command) {
    this.command = command;
  }

  Syntax add(Option option) {
    options.put(option.name(), option);
    return this;
  }

  Syntax add(Parameter parameter) {
    parameters.add(parameter);
    return this;
  }

  /** Reads what follows the command's name. After {@code --}, nothing is an option. */
  Arguments read(List<String> words) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> found = new ArrayList<>();
    boolean isAfterOptions = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (isAfterOptions || !word.startsWith("-") || word.equals("-")) {
        found.add(word);
      } else if (word.equals(END_OF_OPTIONS)) {
        isAfterOptions = true;
      } else {
        int equals = word.indexOf('=');
        Option option = option(equals < 0 ? word : word.substring(0, equals));
        String value = equals < 0 ? null : word.substring(equals + 1);
        if (value == null && option.value() != null && i + 1 < words.size()) {
          // A forgotten value must not swallow the next option.
          value = options.containsKey(words.get(i + 1)) ? null : words.get(++i);
        }
        put(values, option, value);
      }
    }
    check(found);
    return new Arguments(values, found);
  }

  private Option option(String name) {
    Option option = options.get(name);
    if (option == null) {
      throw refusal("there is no option " + name);
    }
    return option;
  }

  private void put(Map<String, String> values, Option option, @Nullable String value) {
    if (option.value() == null && value != null) {
      throw refusal(option.name() + " takes no value: " + value);
    }
    if (option.value() != null && value == null) {
      throw refusal(option.name() + " needs a value, " + option.value());
    }
    if (values.put(option.name(), value == null ? "" : value) != null) {
      throw refusal(option.name() + " may be given once only");
    }
  }

  private void check(List<String> found) {
    if (found.size() > parameters.size()) {
      throw refusal("there is no place for " + found.get(parameters.size()));
    }
    if (found.size() < parameters.size() && parameters.get(found.size()).isRequired()) {
      throw refusal(parameters.get(found.size()).name() + " is missing");
    }
  }

  private Failure refusal(String why) {
    return Failure.usage(why + "; see " + command + " --help");
  }

  /** The help, which begins with one sentence. */
  String help(String summary) {
    List<String> usage = new ArrayList<>();
    parameters.forEach(
        each -> usage.add(each.isRequired() ? each.name() : "[" + each.name() + "]"));
    options.values().forEach(each -> usage.add("[" + each.shown() + "]"));
    Map<String, String> lines = new LinkedHashMap<>();
    parameters.forEach(each -> lines.put(each.name(), each.description()));
    options.values().forEach(each -> lines.put(each.shown(), each.description()));
    StringBuilder help = new StringBuilder("Usage: ").append(command).append(' ');
    fill(help, help.length(), usage);
    help.append(summary).append('\n');
    int column = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
    lines.forEach(
        (name, description) -> {
          help.append(MARGIN).append(name).append(" ".repeat(column - name.length()));
          help.append(MARGIN);
          fill(help, column + 2 * MARGIN.length(), List.of(description.split(" ")));
        });
    return help.toString();
  }

  /** Appends words; those for which the line has no room stand on others, below the first one. */
  private static void fill(StringBuilder text, int indent, List<String> words) {
    int column = indent;
    for (String word : words) {
      if (column > indent && column + 1 + word.length() > WIDTH) {
        text.append('\n').append(" ".repeat(indent));
        column = indent;
      }
      text.append(column > indent ? " " : "").append(word);
      column += (column > indent ? 1 : 0) + word.length();
    }
    text.append('\n');
  }
}
