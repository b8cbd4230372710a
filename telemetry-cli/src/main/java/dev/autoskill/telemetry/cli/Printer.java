package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Answer;
import dev.autoskill.telemetry.cli.output.Format;
import dev.autoskill.telemetry.cli.output.Printable;
import dev.autoskill.telemetry.cli.output.Rows;
import dev.autoskill.telemetry.privacy.Environment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes answers to stdout as the options and the terminal want them, and notes to stderr. */
final class Printer {

  private static final int USUAL_WIDTH = 80;

  private enum Color {
    AUTO,
    ALWAYS,
    NEVER
  }

  private final Host host;
  private final Arguments arguments;
  private final List<String> warnings = new ArrayList<>();

  Printer(Host host, Arguments arguments) {
    this.host = host;
    this.arguments = arguments;
  }

  /** The form of the answer; refused if the command has no such form. */
  Format format(Format... formats) {
    String text = arguments.find(Options.FORMAT);
    boolean isJson = arguments.has(Options.JSON);
    if (isJson && text != null) {
      throw Failure.usage(Options.JSON + " and " + Options.FORMAT + " exclude each other");
    }
    return text == null
        ? isJson ? Format.JSON : Format.TABLE
        : Options.constant(Options.FORMAT, text, List.of(formats));
  }

  boolean isColoured() {
    Color color =
        Options.constant(
            Options.COLOR, Options.get(arguments, Options.COLOR, "auto"), List.of(Color.values()));
    Environment environment = host.environment();
    if (color != Color.AUTO) {
      return color == Color.ALWAYS;
    }
    if (environment.has("NO_COLOR")) {
      return false;
    }
    return environment.has("FORCE_COLOR")
        ? !"0".equals(environment.get("FORCE_COLOR"))
        : host.isTerminal() && !"dumb".equals(environment.get("TERM"));
  }

  /** How many cells a line has; without end where nobody looks at a terminal. */
  int width() {
    String columns = host.environment().get("COLUMNS");
    if (columns != null && columns.matches("[1-9]\\d{0,4}")) {
      return Integer.parseInt(columns);
    }
    return host.isTerminal() ? USUAL_WIDTH : Integer.MAX_VALUE;
  }

  /** A warning about the answer: beside it on stderr, and within it in JSON. */
  void warn(String warning) throws IOException {
    warnings.add(warning);
    note("warning: " + warning);
  }

  List<String> warnings() {
    return warnings;
  }

  /** A line for people, on stderr. */
  void note(String line) throws IOException {
    host.out().flush();
    host.err().write(Printable.of(line) + "\n");
    host.err().flush();
  }

  /** A line for people who look at a terminal, on stderr. */
  void hint(String line) throws IOException {
    if (host.isTerminal()) {
      note(line);
    }
  }

  <T> void print(Answer<T> answer, Format format) throws IOException {
    switch (format) {
      case JSON -> write(answer.json(host.clock().instant(), warnings));
      case MD -> write(answer.markdown());
      case JSONL, CSV -> {
        Rows<T> rows = Rows.begin(format, raw(), answer.data());
        for (T row : answer.rows()) {
          rows.write(row);
        }
      }
      case TABLE, AUTO_SKILL, JUNIT -> write(answer.table(width(), isColoured()));
    }
  }

  void write(String text) throws IOException {
    host.out().write(text);
  }

  /** For text that is written as it is: a terminal gets nothing that it would obey. */
  Appendable raw() {
    return host.isTerminal() ? new TerminalOutput(host.out()) : host.out();
  }

  private record TerminalOutput(Appendable out) implements Appendable {

    @Override
    public Appendable append(CharSequence text) throws IOException {
      for (String line : text.toString().split("(?<=\n)")) {
        String body = line.stripTrailing();
        out.append(Printable.of(body)).append(line, body.length(), line.length());
      }
      return this;
    }

    @Override
    public Appendable append(CharSequence text, int from, int to) throws IOException {
      return append(text.subSequence(from, to));
    }

    @Override
    public Appendable append(char c) throws IOException {
      return append(String.valueOf(c));
    }
  }
}
