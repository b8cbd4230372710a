package dev.autoskill.telemetry.benchmarks.measuring;

import java.util.ArrayList;
import java.util.List;

/** The values of a figure, one for each time it was measured. */
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
   * How many times as much as something else that was measured in the same rounds. What disturbs a
   * round disturbs both, and less remains of that than in the ratio of the medians.
   *
   * @param base by what to divide
   * @return the median of the rounds' ratios
   */
  public double ratioTo(Samples base) {
    Samples ratios = new Samples();
    for (int i = 0; i < values.size(); i++) {
      ratios.add(values.get(i) / base.values.get(i));
    }
    return ratios.median();
  }

  /**
   * The value of when nothing else was going on.
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

  /**
   * The value that so great a part of all does not exceed.
   *
   * @param part for example 0.99
   * @return the percentile
   */
  public double percentile(double part) {
    return at((int) Math.min(values.size() - 1, Math.ceil(part * values.size()) - 1));
  }

  private double at(int place) {
    if (values.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
    return values.stream().sorted().toList().get(place);
  }
}
