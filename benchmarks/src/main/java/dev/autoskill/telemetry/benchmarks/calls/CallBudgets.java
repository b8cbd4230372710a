package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.telemetry.benchmarks.document.Budget;
import java.util.List;
import java.util.Map;

/** The promises about a tracked call. */
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
        Budget.ratio("time of a tracked call, of two clock reads", MOST_CLOCK_READS, ofClock),
        Budget.most("bytes that a tracked call allocates", MOST_BYTES, bytes, "B"),
        Budget.ratio(
            "time of a tracked call, of the quickest of Micrometer's, Kieker's and OpenTelemetry's",
            MOST_OF_PEERS,
            ofPeers),
        Budget.most(
            "time that opting out leaves above the bare call",
            MOST_NANOS_OPTED_OUT,
            optedOut,
            "ns"));
  }

  private double median(Trial trial) {
    return samples.get(trial).median();
  }
}
