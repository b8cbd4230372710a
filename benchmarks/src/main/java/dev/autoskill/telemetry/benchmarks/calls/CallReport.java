package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.telemetry.benchmarks.document.Chart;
import dev.autoskill.telemetry.benchmarks.document.Section;
import dev.autoskill.telemetry.benchmarks.document.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts down what was measured of calls. */
final class CallReport {

  private static final List<String> COLUMNS =
      List.of("ns", "±", "mean ns", "B", "B, all threads", "× two clock reads");

  private final Trials trials;
  private final Map<Trial, Samples> samples;
  private final Repetitions repetitions;

  CallReport(Trials trials, Map<Trial, Samples> samples, Repetitions repetitions) {
    this.trials = trials;
    this.samples = samples;
    this.repetitions = repetitions;
  }

  Section section() {
    return new Section(
        "What a tracked call costs",
        CallMethod.text(repetitions),
        List.of(oneThread(), twoThreads(), futures()),
        List.of(chart()),
        new CallBudgets(trials, samples).all());
  }

  private Table oneThread() {
    List<List<String>> rows = new ArrayList<>();
    for (Trial trial : trials.plain()) {
      rows.add(row(trial.name(), trial));
    }
    return new Table(columns("One thread, per call"), rows);
  }

  private Table twoThreads() {
    List<List<String>> rows = new ArrayList<>();
    for (Trial trial : trials.shared()) {
      List<String> row = new ArrayList<>(row(trial.name(), trial.onThreads(2)));
      row.add(number(2 * samples.get(trial).median() / of(trial.onThreads(2)).median(), 2));
      rows.add(row);
    }
    List<String> columns = new ArrayList<>(columns("Two threads, per call of each"));
    columns.add("× one thread's calls per second");
    return new Table(columns, rows);
  }

  private Table futures() {
    List<List<String>> rows = new ArrayList<>();
    for (Trial trial : trials.futures()) {
      String future =
          trial.kind() == Kind.COMPLETED ? ", future completed before" : ", future completed after";
      rows.add(row(trial.name() + future, trial));
    }
    return new Table(columns("Returning a future, per call"), rows);
  }

  private Chart chart() {
    Map<String, Double> bars = new LinkedHashMap<>();
    for (Trial trial : trials.plain()) {
      bars.put(trial.name().replace("`", ""), of(trial).median());
    }
    return new Chart("calls", "What a call costs, on one thread", "ns", bars);
  }

  private static List<String> columns(String first) {
    List<String> columns = new ArrayList<>(List.of(first));
    columns.addAll(COLUMNS);
    return columns;
  }

  private List<String> row(String name, Trial trial) {
    Samples of = of(trial);
    return List.of(
        name,
        number(of.median(), 1),
        number(of.error(), 1),
        number(of.mean(), 1),
        number(of.callerBytes(), 0),
        number(of.allBytes(), 0),
        number(of.median() / samples.get(trials.clocked).median(), 2));
  }

  private Samples of(Trial trial) {
    return samples.get(trial);
  }

  private static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
