package dev.autoskill.telemetry.cli.statistics;

import dev.autoskill.telemetry.report.SuccessRate.Interval;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/** Probabilities that tests of statistics are held against. */
final class Chance {

  private Chance() {}

  /** The probabilities of 0 to n successes in n uses, built up use by use. */
  static double[] binomial(int n, double rate) {
    double[] probabilities = new double[n + 1];
    probabilities[0] = 1;
    for (int uses = 1; uses <= n; uses++) {
      for (int k = uses; k > 0; k--) {
        probabilities[k] = probabilities[k] * (1 - rate) + probabilities[k - 1] * rate;
      }
      probabilities[0] *= 1 - rate;
    }
    return probabilities;
  }

  /** How probable it is that the number of successes in n uses is one of the chosen. */
  static double of(int n, double rate, IntPredicate chosen) {
    double[] probabilities = binomial(n, rate);
    double sum = 0;
    for (int k = 0; k <= n; k++) {
      sum += chosen.test(k) ? probabilities[k] : 0;
    }
    return sum;
  }

  /** As many successes as happen to be in n uses. */
  static int successes(RandomGenerator random, int n, double rate) {
    int successes = 0;
    for (int i = 0; i < n; i++) {
      successes += random.nextDouble() < rate ? 1 : 0;
    }
    return successes;
  }

  /** Whether a value lies within an interval. */
  static boolean contains(Interval interval, double value) {
    return interval.low() <= value && value <= interval.high();
  }
}
