package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.telemetry.benchmarks.document.Budget;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is promised of a tracked call. */
final class CallBudgets {

  private static final double MOST_CLOCK_READS = 2.5;
  private static final double MOST_BYTES = 64;
  private static final double MOST_OF_PEERS = 0.25;
  private static final double MOST_NANOS_OPTED_OUT = 3;

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
    double quickestPeer = trials.peers().stream().mapToDouble(this::median).min().orElseThrow();
    double ofPeers = tracked / quickestPeer;
    double optedOut = median(trials.optedOut) - median(trials.bare);
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
            "time of a tracked call / of the quickest of Micrometer's, Kieker's and OpenTelemetry's",
            "at most %.2f",
            MOST_OF_PEERS,
            "%.2f",
            ofPeers,
            ofPeers <= MOST_OF_PEERS),
        budget(
            "time that opting out leaves above the bare call",
            "at most %.0f ns",
            MOST_NANOS_OPTED_OUT,
            "%.1f ns",
            optedOut,
            optedOut <= MOST_NANOS_OPTED_OUT));
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
