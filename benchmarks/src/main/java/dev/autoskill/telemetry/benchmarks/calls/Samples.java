package dev.autoskill.telemetry.benchmarks.calls;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The measurements of one trial, in all its JVMs. */
final class Samples {

  /** How many standard deviations of a normal distribution hold 99 % of it. */
  private static final double NINETY_NINE_PERCENT = 2.576;

  private final List<Double> nanos = new ArrayList<>();
  private final List<Double> callerBytes = new ArrayList<>();
  private final List<Double> allBytes = new ArrayList<>();

  /** One batch: nanoseconds a call. */
  void addNanos(double ofCall) {
    nanos.add(ofCall);
  }

  /** One JVM: bytes a call that the calling threads allocated, and that all did. */
  void addBytes(double ofCallers, double ofAll) {
    callerBytes.add(ofCallers);
    allBytes.add(ofAll);
  }

  /** Nanoseconds a call in the batch in the middle. */
  double median() {
    List<Double> sorted = sorted();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /**
   * Half of the width of the interval that holds the true median with a probability of 99 %: how
   * many batches are below that is binomially distributed, whatever the times' distribution.
   */
  double error() {
    List<Double> sorted = sorted();
    int count = sorted.size();
    double reach = NINETY_NINE_PERCENT * Math.sqrt(count) / 2;
    int low = Math.max(0, (int) Math.floor(count / 2.0 - reach));
    int high = Math.min(count - 1, (int) Math.ceil(count / 2.0 + reach));
    return (sorted.get(high) - sorted.get(low)) / 2;
  }

  /** Nanoseconds a call in all batches together. */
  double mean() {
    return mean(nanos);
  }

  /** Bytes a call that the calling threads allocated. */
  double callerBytes() {
    return mean(callerBytes);
  }

  /** Bytes a call that all threads allocated, between the batches too. */
  double allBytes() {
    return mean(allBytes);
  }

  private List<Double> sorted() {
    List<Double> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    return sorted;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
