package dev.autoskill.telemetry.benchmarks.processes;

import dev.autoskill.telemetry.benchmarks.Effort;
import dev.autoskill.telemetry.benchmarks.document.Budget;
import dev.autoskill.telemetry.benchmarks.document.Chart;
import dev.autoskill.telemetry.benchmarks.document.Section;
import dev.autoskill.telemetry.benchmarks.document.Table;
import dev.autoskill.telemetry.benchmarks.measuring.Figures;
import dev.autoskill.telemetry.benchmarks.measuring.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What telemetry adds to the start and the end of a process. */
public final class ProcessBenchmarks {

  private static final double COMPILE_TIME_MS = 30;
  private static final double WARM_MS = 80;
  private static final double MANY_CLASSES_RATIO = 1.05;
  private static final int FEW = 500;
  private static final int MANY = 5_000;

  private static final String METHOD =
      """
      A program that calls one method and prints a line is run in a JVM of its own, from before that is started until it is
      gone: as it is, woven in each way, and opted out. The ways take turns, in an order that shifts. Each run has an empty home,
      and a database of its own, of which a report is read afterwards: a way that did not record its one event fails. *Cold*
      is the agent with an empty cache, *warm* with one that holds the woven class. The archive is one that the JDK made of an
      earlier run's classes (`-XX:ArchiveClassesAtExit`).

      Another program loads %s classes without skills: once copies of one class of eleven methods, without supertypes
      and annotations of its own, and once the first %s of a dozen libraries, with what these extend and are annotated with. An
      agent that does nothing but to be shown each class is there to compare with. Ratios are the medians of the rounds'
      ratios.

      A third program asks for a report of one event, for which it loads JDBI and SQLite. SQLite's native library is in the user's cache, unless the row says
      otherwise.
      """;

  private ProcessBenchmarks() {}

  /**
   * Runs the programs.
   *
   * @param effort how many rounds
   * @param workDirectory where files may be left
   * @return what was measured
   * @throws Exception if a program fails, or did not record what it should
   */
  public static Section measure(Effort effort, Path workDirectory) throws Exception {
    boolean isQuick = effort == Effort.QUICK;
    int classes = isQuick ? FEW : MANY;
    Map<String, Samples> startUp =
        new StartUp(workDirectory.resolve("start-up")).measure(isQuick ? 1 : 21);
    ManyClasses alike = ManyClasses.alike(workDirectory.resolve("alike"), classes);
    ManyClasses real = ManyClasses.real(workDirectory.resolve("real"), classes);
    Map<String, Samples> many = alike.measure(isQuick ? 1 : 15);
    Map<String, Samples> others = real.measure(isQuick ? 1 : 9);
    Map<String, Samples> report =
        new FirstReport(workDirectory.resolve("report")).measure(isQuick ? 1 : 9);
    return new Section(
        "Start-up and exit",
        METHOD.formatted(Figures.whole(classes), Figures.whole(real.count())),
        List.of(
            table("program with one skill", startUp, StartUp.PLAIN),
            table(Figures.whole(classes) + " copies of a class", many, ManyClasses.WITHOUT),
            table(
                Figures.whole(real.count()) + " classes of libraries", others, ManyClasses.WITHOUT),
            table("program that asks for a report", report, FirstReport.PLAIN)),
        List.of(chart(startUp)),
        budgets(startUp, many, classes));
  }

  private static Table table(String what, Map<String, Samples> millis, String base) {
    Samples plain = millis.get(base);
    List<List<String>> rows = new ArrayList<>();
    millis.forEach(
        (name, samples) ->
            rows.add(
                List.of(
                    name,
                    Figures.rounded(samples.median()),
                    Figures.rounded(samples.least()),
                    name.equals(base) ? "" : Figures.difference(samples.median() - plain.median()),
                    name.equals(base) ? "" : Figures.times(samples.ratioTo(plain)))));
    return new Table(List.of(what, "median ms", "least ms", "added ms", "ratio"), rows);
  }

  private static Chart chart(Map<String, Samples> millis) {
    Map<String, Double> bars = new LinkedHashMap<>();
    millis.forEach((name, samples) -> bars.put(name, samples.median()));
    return new Chart("start-up", "A whole process with one skill use", "ms", bars);
  }

  private static List<Budget> budgets(
      Map<String, Samples> startUp, Map<String, Samples> many, int classes) {
    double plain = startUp.get(StartUp.PLAIN).median();
    double ratio = many.get(ManyClasses.WITH_AGENT).ratioTo(many.get(ManyClasses.WITHOUT));
    double cold = startUp.get(StartUp.COLD).median();
    double stock = startUp.get(StartUp.STOCK).median();
    return List.of(
        added("compile-time woven, one event", startUp, StartUp.COMPILE_TIME, COMPILE_TIME_MS),
        added("agent, warm, one event", startUp, StartUp.WARM, WARM_MS),
        new Budget(
            "start-up added: agent, cold, one event",
            "no more than the stock weaver's " + Figures.rounded(stock - plain) + " ms",
            Figures.rounded(cold - plain) + " ms",
            cold <= stock),
        new Budget(
            Figures.whole(classes) + " classes without skills, loaded under the agent",
            "at most " + Figures.times(MANY_CLASSES_RATIO),
            Figures.times(ratio),
            ratio <= MANY_CLASSES_RATIO));
  }

  private static Budget added(
      String what, Map<String, Samples> startUp, String name, double limitMs) {
    double added = startUp.get(name).median() - startUp.get(StartUp.PLAIN).median();
    return new Budget(
        "start-up added: " + what,
        "at most " + Figures.whole(limitMs) + " ms",
        Figures.rounded(added) + " ms",
        added <= limitMs);
  }
}
