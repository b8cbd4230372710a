package dev.autoskill.telemetry.benchmarks.measuring;

import java.util.ArrayList;
import java.util.List;

/** What a figure was each time it was measured. */
public final class Samples {

  private final List<Double> values = new ArrayList<>();

  /** Makes a list of nothing yet. */
  public Samples() {}

  /**
   * Adds what was measured now.
   *
   * @param value in whatever unit
   */
  public void add(double value) {
    values.add(value);
  }

  /**
   * The value in the middle, which a single disturbance does not move.
   *
   * @return the median; the greater of the two in the middle if there are two
   */
  public double median() {
    return at(values.size() / 2);
  }

  /**
   * What came out when nothing else was going on.
   *
   * @return the least value
   */
  public double least() {
    return at(0);
  }

  /**
   * The highest value of all.
   *
   * @return the greatest value
   */
  public double greatest() {
    return at(values.size() - 1);
  }

  private double at(int place) {
    if (values.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
    return values.stream().sorted().toList().get(place);
  }
}
