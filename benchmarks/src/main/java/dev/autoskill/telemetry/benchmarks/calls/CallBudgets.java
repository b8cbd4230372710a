package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.telemetry.benchmarks.document.Budget;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is promised of a tracked call. */
final class CallBudgets {

  private static final double MOST_CLOCK_READS = 1.5;
  private static final double MOST_BYTES = 64;
  private static final double MOST_OF_TIMED = 0.25;
  private static final double MOST_NANOS_OPTED_OUT = 3;
  private static final double LEAST_SPEED_UP = 1.6;

  private final Trials trials;
  private final Map<Trial, Samples> samples;

  CallBudgets(Trials trials, Map<Trial, Samples> samples) {
    this.trials = trials;
    this.samples = samples;
  }

  List<Budget> all() {
    double tracked = median(trials.tracked);
    double ofClock = tracked / median(trials.clocked);
    double bytes = samples.get(trials.tracked).callerBytes();
    double ofTimed = tracked / median(trials.timed);
    double optedOut = median(trials.optedOut) - median(trials.bare);
    double speedUp = 2 * tracked / median(trials.tracked.onThreads(2));
    return List.of(
        budget(
            "time of a tracked call / of two clock reads",
            "at most %.2f",
            MOST_CLOCK_READS,
            "%.2f",
            ofClock,
            ofClock <= MOST_CLOCK_READS),
        budget(
            "bytes that a tracked call allocates",
            "at most %.0f B",
            MOST_BYTES,
            "%.0f B",
            bytes,
            bytes <= MOST_BYTES),
        budget(
            "time of a tracked call / of one that Micrometer's `TimedAspect` times",
            "at most %.2f",
            MOST_OF_TIMED,
            "%.2f",
            ofTimed,
            ofTimed <= MOST_OF_TIMED),
        budget(
            "time that opting out leaves above the bare call",
            "at most %.0f ns",
            MOST_NANOS_OPTED_OUT,
            "%.1f ns",
            optedOut,
            optedOut <= MOST_NANOS_OPTED_OUT),
        budget(
            "tracked calls per second of two threads / of one",
            "at least %.2f",
            LEAST_SPEED_UP,
            "%.2f",
            speedUp,
            speedUp >= LEAST_SPEED_UP));
  }

  private double median(Trial trial) {
    return samples.get(trial).median();
  }

  private static Budget budget(
      String what,
      String limitText,
      double limit,
      String measuredText,
      double measured,
      boolean isMet) {
    return new Budget(
        what,
        String.format(Locale.ROOT, limitText, limit),
        String.format(Locale.ROOT, measuredText, measured),
        isMet);
  }
}
