package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The command {@code skill-telemetry}: finds the command that is meant, and runs it. */
public final class SkillTelemetry {

  private static final String NAME = "skill-telemetry";
  private static final String HELP = "--help";
  private static final String SHORT_HELP = "-h";
  private static final String VERSION = "--version";

  /** Of the launcher alone. */
  private static final String TRAIN = "--train";

  private static final String DEFAULT = "report";

  /** In the order of the help. */
  private static final String[] COMMANDS = {
    "report", "events", "trend", "compare", "gate", "doctor", "watch", "export", "html", "mcp",
    "sync", "prune", "forget", "status", "off", "on"
  };

  private final Host host;

  /**
   * Makes the command.
   *
   * @param host what surrounds it
   */
  public SkillTelemetry(Host host) {
    this.host = host;
  }

  /** Only the one that is called is made: making all takes longer than its work. */
  private static Command command(String name) {
    return switch (name) {
      case "report" -> new ReportCommand();
      case "events" -> new EventsCommand();
      case "trend" -> new TrendCommand();
      case "compare" -> new CompareCommand();
      case "gate" -> new GateCommand();
      case "doctor" -> new DoctorCommand();
      case "watch" -> new WatchCommand();
      case "export" -> new ExportCommand();
      case "html" -> new HtmlCommand();
      case "mcp" -> new McpCommand();
      case "sync" -> new SyncCommand();
      case "prune" -> new PruneCommand();
      case "forget" -> new ForgetCommand();
      case "status" -> new StatusCommand();
      case "off" -> new SwitchCommand(false);
      case "on" -> new SwitchCommand(true);
      default -> throw Failure.usage("there is no command " + name + "; see " + NAME + " " + HELP);
    };
  }

  /**
   * Runs a command.
   *
   * @param arguments the command line
   * @return the exit code: 0, or as {@code docs/cli.md} says
   */
  public int run(String... arguments) {
    try {
      int exitCode = dispatch(List.of(arguments));
      host.out().flush();
      return exitCode;
    } catch (Failure e) {
      return fail(String.valueOf(e.getMessage()), e.exitCode());
    } catch (NoClassDefFoundError e) {
      if (!String.valueOf(e.getMessage()).matches(".*/(postgres|otlp|sync)/.*")) {
        throw e;
      }
      // The agent's jar has every command, but not PostgreSQL's driver.
      return fail("this jar knows no servers; the command's distribution does", 3);
    } catch (IOException e) {
      // Nobody reads on: "| head -1" has seen enough.
      boolean isClosed = String.valueOf(e.getMessage()).toLowerCase().contains("pipe");
      return isClosed ? Exit.OK : fail("the answer cannot be written: " + e.getMessage(), 3);
    }
  }

  private int fail(String message, int exitCode) {
    try {
      host.out().flush();
      host.err().write(NAME + ": " + Printable.of(message) + "\n");
      host.err().flush();
    } catch (IOException e) {
      // There is nobody to tell.
    }
    return exitCode;
  }

  private int dispatch(List<String> arguments) throws IOException {
    String first = arguments.isEmpty() ? DEFAULT : arguments.get(0);
    if (first.equals(HELP) || first.equals(SHORT_HELP) || first.equals("help")) {
      host.out().write(help());
      return Exit.OK;
    }
    if (first.equals(VERSION) || first.equals("-V")) {
      host.out().write(NAME + " " + version() + "\n");
      return Exit.OK;
    }
    if (first.equals(TRAIN)) {
      return Training.run(host);
    }
    boolean isNamed = !first.startsWith("-");
    String name = isNamed ? first : DEFAULT;
    return run(name, isNamed && !arguments.isEmpty() ? rest(arguments) : arguments);
  }

  static String version() {
    String version = SkillTelemetry.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  private static List<String> rest(List<String> arguments) {
    return arguments.subList(1, arguments.size());
  }

  private int run(String name, List<String> arguments) throws IOException {
    Command command = command(name);
    Syntax syntax = new Syntax(NAME + " " + name);
    command.declare(syntax);
    syntax.add(Options.flag(HELP, "this text"));
    List<String> options = arguments.subList(0, optionsOf(arguments));
    if (options.contains(HELP) || options.contains(SHORT_HELP)) {
      host.out().write(syntax.help(command.summary()));
      return Exit.OK;
    }
    return command.run(new Call(host, syntax.read(spelledOut(arguments))));
  }

  /** An option with an optional value would take the parameter after it for one. */
  private static List<String> spelledOut(List<String> arguments) {
    List<String> spelledOut = new ArrayList<>(arguments);
    spelledOut
        .subList(0, optionsOf(arguments))
        .replaceAll(
            argument ->
                argument.startsWith(Options.JSON + "=")
                    ? Options.FORMAT + argument.substring(Options.JSON.length())
                    : argument);
    return spelledOut;
  }

  /** How many arguments there are before those that are no options, whatever they look like. */
  private static int optionsOf(List<String> arguments) {
    int end = arguments.indexOf(Syntax.END_OF_OPTIONS);
    return end < 0 ? arguments.size() : end;
  }

  private static String help() {
    StringBuilder help = new StringBuilder();
    help.append("Tells, on this machine, which of the skills that AI coding agents call work.\n\n")
        .append("Usage: ")
        .append(NAME)
        .append(" [COMMAND] [OPTIONS]\n\n");
    for (String name : COMMANDS) {
      help.append("  %-10s %s\n".formatted(name, command(name).summary()));
    }
    return help.append("\nWithout a command: ")
        .append(DEFAULT)
        .append(". The options of a command: ")
        .append(NAME)
        .append(" COMMAND --help\n")
        .append("Exit codes: 0 well, 1 the gate or the doctor says no, 2 usage,")
        .append(" 3 data cannot be read, 4 not enough uses to say\n")
        .toString();
  }
}
