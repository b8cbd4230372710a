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

/** Measures short programs, the first report of a process, and how soon events are visible. */
public final class ProcessBenchmarks {

  private static final double COMPILE_TIME = 3.5;
  private static final double ARCHIVED = 2;
  private static final double FIRST_REPORT = 1.3;
  private static final double VISIBLE_MS = 2_000;

  private static final String METHOD =
      """
      A program that calls one method and prints a line is run in a JVM of its own, from before that is started until it is
      gone: as it is, woven in each way, and opted out. The ways take turns, in an order that shifts. Each run has an empty home,
      and a database of its own, of which a report is read afterwards: a way that did not record its one event fails. *Cold*
      is the agent with an empty cache, *warm* with one that holds the woven class. The archive is one that the JDK made of an
      earlier run's classes (`-XX:ArchiveClassesAtExit`).

      Another program asks for a report of one event, for which it loads JDBI and SQLite, beside one that asks by plain JDBI with one SQL
      object. SQLite's native library is in the user's cache, unless the row says otherwise. Ratios are the medians of the rounds' ratios.

      A third program lives on, and uses a skill every half second at most, %s times. Meanwhile another one reads the table by plain SQL over
      and over: the time from a use to the first read that finds it is that after which `sqlite3` shows it.
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
    int uses = isQuick ? 5 : 100;
    Map<String, Samples> startUp =
        new StartUp(workDirectory.resolve("start-up")).measure(isQuick ? 1 : 21);
    Map<String, Samples> report =
        new FirstReport(workDirectory.resolve("report")).measure(isQuick ? 1 : 9);
    Samples visible =
        new Visibility(workDirectory.resolve("visible"), uses).measure(isQuick ? 1 : 3);
    return new Section(
        "Start-up and exit",
        METHOD.formatted(Figures.whole(uses)),
        List.of(
            table("program with one skill", startUp, StartUp.PLAIN),
            table("program that asks for a report", report, FirstReport.JDBI),
            table(visible)),
        List.of(chart(startUp)),
        budgets(startUp, report, visible));
  }

  private static Table table(Samples visible) {
    return new Table(
        List.of("from a use to its row", "ms"),
        List.of(
            List.of("median", Figures.whole(visible.median())),
            List.of("99th percentile", Figures.whole(visible.percentile(0.99))),
            List.of("greatest", Figures.whole(visible.greatest()))));
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
      Map<String, Samples> startUp, Map<String, Samples> report, Samples visible) {
    Samples plain = startUp.get(StartUp.PLAIN);
    return List.of(
        Budget.ratio(
            "hello, woven by the compiler, one event, of a plain one",
            COMPILE_TIME,
            startUp.get(StartUp.COMPILE_TIME).ratioTo(plain)),
        Budget.ratio(
            "the same with an archive of classes",
            ARCHIVED,
            startUp.get(StartUp.ARCHIVED).ratioTo(plain)),
        Budget.ratio(
            "first report of a process, of plain JDBI with one SQL object",
            FIRST_REPORT,
            report.get(FirstReport.REPORT).ratioTo(report.get(FirstReport.JDBI))),
        Budget.most(
            "from a use in a living process to its row, 99th percentile",
            VISIBLE_MS,
            visible.percentile(0.99),
            "ms"));
  }
}
