package dev.autoskill.telemetry.benchmarks.reports;

import dev.autoskill.telemetry.benchmarks.Effort;
import dev.autoskill.telemetry.benchmarks.document.Budget;
import dev.autoskill.telemetry.benchmarks.document.Section;
import dev.autoskill.telemetry.benchmarks.document.Table;
import dev.autoskill.telemetry.benchmarks.measuring.Figures;
import dev.autoskill.telemetry.benchmarks.measuring.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measures the command, against a JVM that does nearly nothing and against other tools. */
public final class CommandBenchmarks {

  private static final double REPORT = 10;
  private static final double WORDS = 4;
  private static final double MCP = 12;

  private static final String METHOD =
      """
      The launcher is run from before it is started until it is gone, with its archive of classes made, on a file of %s events whose
      rollups are up to date, in turns with a JVM that prints hello. The JDKs are that of the benchmarks, and those that the variable `JDKS` names.
      The MCP server is measured until it has answered, and not until it is gone.
      `sqlite3` is asked for the totals of each skill alone, and auto-skill's own command for its report, where they are on the `PATH`.
      Ratios are the medians of the rounds' ratios.
      """;

  private CommandBenchmarks() {}

  /**
   * Runs the command.
   *
   * @param effort how many events and rounds
   * @param workDirectory where files may be left
   * @return what was measured
   * @throws Exception if it fails
   */
  public static Section measure(Effort effort, Path workDirectory) throws Exception {
    boolean isQuick = effort == Effort.QUICK;
    long events = isQuick ? 10_000 : 1_000_000;
    Path database =
        Files.createDirectories(workDirectory.resolve(".claude/auto-skill"))
            .resolve("telemetry.db");
    EventFile.write(database, events);
    List<Table> tables = new ArrayList<>();
    List<Budget> budgets = new ArrayList<>();
    for (Path jdk : jdks()) {
      String name = "JDK " + release(jdk);
      Path home = Files.createDirectories(workDirectory.resolve("home-" + tables.size()));
      Map<String, Samples> millis = new Command(jdk, home, database).measure(isQuick ? 1 : 21);
      Samples hello = millis.get(Command.HELLO);
      tables.add(table(name, millis, hello));
      budgets.add(budget(Command.REPORT, name, REPORT, millis, hello));
      budgets.add(budget(Command.MCP, name, MCP, millis, hello));
      budgets.add(budget(Command.MCP_REPORT, name, 2 * MCP, millis, hello));
      budgets.add(budget(Command.VERSION, name, WORDS, millis, hello));
      budgets.add(budget(Command.HELP, name, WORDS, millis, hello));
    }
    return new Section(
        "The command", METHOD.formatted(Figures.whole(events)), tables, List.of(), budgets);
  }

  private static Set<Path> jdks() {
    Set<Path> jdks = new LinkedHashSet<>();
    jdks.add(Path.of(System.getProperty("java.home")));
    String others = System.getenv("JDKS");
    if (others != null) {
      for (String other : others.strip().split("\\s+")) {
        jdks.add(Path.of(other));
      }
    }
    return jdks;
  }

  /** As the JDK's own file says. */
  private static String release(Path jdk) throws Exception {
    return Files.readAllLines(jdk.resolve("release")).stream()
        .filter(line -> line.startsWith("JAVA_VERSION="))
        .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
        .findFirst()
        .orElse(jdk.getFileName().toString());
  }

  private static Table table(String jdk, Map<String, Samples> millis, Samples hello) {
    List<List<String>> rows = new ArrayList<>();
    millis.forEach(
        (name, samples) ->
            rows.add(
                List.of(
                    name,
                    Figures.rounded(samples.median()),
                    Figures.rounded(samples.least()),
                    Figures.times(samples.ratioTo(hello)))));
    return new Table(List.of(jdk, "median ms", "least ms", "ratio"), rows);
  }

  private static Budget budget(
      String what, String jdk, double limit, Map<String, Samples> millis, Samples hello) {
    return Budget.ratio(
        "`%s`, %s, of a JVM that prints hello".formatted(what, jdk),
        limit,
        millis.get(what).ratioTo(hello));
  }
}
