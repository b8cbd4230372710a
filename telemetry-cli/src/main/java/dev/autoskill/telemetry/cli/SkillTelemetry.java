package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command {@code skill-telemetry}: finds the command that is meant, and runs it. */
public final class SkillTelemetry {

  private static final String NAME = "skill-telemetry";
  private static final String HELP = "--help";
  private static final String VERSION = "--version";

  /** Of the launcher alone. */
  private static final String TRAIN = "--train";

  private static final String DEFAULT = "report";
  private static final int HELP_WIDTH = 100;

  private final Host host;

  /**
   * Makes the command.
   *
   * @param host what surrounds it
   */
  public SkillTelemetry(Host host) {
    this.host = host;
  }

  private static List<Command> commands() {
    return List.of(
        new ReportCommand(),
        new EventsCommand(),
        new TrendCommand(),
        new CompareCommand(),
        new GateCommand(),
        new DoctorCommand(),
        new WatchCommand(),
        new ExportCommand(),
        new HtmlCommand(),
        new PruneCommand(),
        new ForgetCommand(),
        new StatusCommand(),
        new SwitchCommand(false),
        new SwitchCommand(true));
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
    } catch (ParameterException e) {
      return fail(e.getMessage() + "; see " + NAME + " " + HELP, Exit.USAGE);
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
    if (first.equals(HELP) || first.equals("-h") || first.equals("help")) {
      host.out().write(help());
      return Exit.OK;
    }
    if (first.equals(VERSION) || first.equals("-V")) {
      String version = SkillTelemetry.class.getPackage().getImplementationVersion();
      host.out().write(NAME + " " + (version == null ? "unknown" : version) + "\n");
      return Exit.OK;
    }
    if (first.equals(TRAIN)) {
      return Training.run(host);
    }
    boolean isNamed = !first.startsWith("-");
    Command command = find(isNamed ? first : DEFAULT);
    return run(command, isNamed && !arguments.isEmpty() ? rest(arguments) : arguments);
  }

  private static List<String> rest(List<String> arguments) {
    return arguments.subList(1, arguments.size());
  }

  private static Command find(String name) {
    return commands().stream()
        .filter(command -> command.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> Failure.usage("there is no command " + name + "; see " + NAME + " " + HELP));
  }

  private int run(Command command, List<String> arguments) throws IOException {
    CommandSpec spec = CommandSpec.create().name(NAME + " " + command.name());
    spec.usageMessage().description(command.summary()).width(HELP_WIDTH).sortOptions(false);
    command.declare(spec);
    spec.addOption(Options.flag(HELP, "this text"));
    CommandLine commandLine = new CommandLine(spec);
    commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    if (arguments.contains(HELP)) {
      StringWriter usage = new StringWriter();
      commandLine.usage(new PrintWriter(usage));
      host.out().write(usage.toString());
      return Exit.OK;
    }
    ParseResult parsed = commandLine.parseArgs(spelledOut(arguments));
    return command.run(new Call(host, parsed));
  }

  /** An option with an optional value would take the parameter after it for one. */
  private static String[] spelledOut(List<String> arguments) {
    List<String> spelledOut = new ArrayList<>();
    for (String argument : arguments) {
      spelledOut.add(
          argument.startsWith(Options.JSON + "=")
              ? Options.FORMAT + argument.substring(Options.JSON.length())
              : argument);
    }
    return spelledOut.toArray(String[]::new);
  }

  private static String help() {
    StringBuilder help = new StringBuilder();
    help.append("Tells, on this machine, which of the skills that AI coding agents call work.\n\n")
        .append("Usage: ")
        .append(NAME)
        .append(" [COMMAND] [OPTIONS]\n\n");
    for (Command command : commands()) {
      help.append("  %-10s %s\n".formatted(command.name(), command.summary()));
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
