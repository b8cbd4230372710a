package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.telemetry.benchmarks.Effort;
import dev.autoskill.telemetry.benchmarks.document.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Measures what it costs to call a tracked method. */
public final class CallCosts {

  private CallCosts() {}

  /**
   * Measures.
   *
   * @param effort how long
   * @param workDirectory to put files into while measuring; it is created if need be
   * @return what came out
   * @throws IOException if files cannot be written
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalStateException if a contender did not do what it should
   */
  public static Section measure(Effort effort, Path workDirectory)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(workDirectory).toAbsolutePath();
    Repetitions repetitions = Repetitions.of(effort);
    Trials trials = new Trials(folder);
    Map<Trial, Samples> samples = samples(trials);
    TrialRun run = new TrialRun(repetitions, folder);
    for (int round = 0; round < repetitions.rounds(); round++) {
      for (Map.Entry<Trial, Samples> entry : samples.entrySet()) {
        if (round < repetitions.roundsOf(entry.getKey())) {
          run.measure(entry.getKey(), entry.getValue());
        }
      }
    }
    return new CallReport(trials, samples, repetitions).section();
  }

  private static Map<Trial, Samples> samples(Trials trials) {
    Map<Trial, Samples> samples = new LinkedHashMap<>();
    for (Trial trial : trials.plain()) {
      samples.put(trial, new Samples());
    }
    for (Trial trial : trials.shared()) {
      samples.put(trial.onThreads(2), new Samples());
    }
    for (Trial trial : trials.futures()) {
      samples.put(trial, new Samples());
    }
    return samples;
  }
}
