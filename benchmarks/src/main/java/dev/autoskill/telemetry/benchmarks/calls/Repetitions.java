package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.telemetry.benchmarks.Effort;
import java.util.List;

/**
 * How often is measured.
 *
 * @param rounds how many JVMs of most trials there are; one round of all trials follows another, so
 *     that what slows the machine down for a while slows all of them
 * @param forks 1 for JVMs as JMH wants them; 0 spares half of the starts
 * @param warmups how many batches a JVM makes before those that count
 * @param storedWarmups likewise, where a batch takes long because all of it is stored, so that the
 *     compiler has the time
 * @param batches how many batches of a JVM count
 * @param flags what the JVMs are started with besides
 */
record Repetitions(
    int rounds, int forks, int warmups, int storedWarmups, int batches, List<String> flags) {

  static Repetitions of(Effort effort) {
    return switch (effort) {
      case QUICK -> new Repetitions(1, 0, 2, 2, 3, List.of("-XX:TieredStopAtLevel=1"));
      case FULL -> new Repetitions(3, 1, 250, 50, 50, List.of());
    };
  }

  /** How many JVMs of a trial there are. What no budget but one is about need not be so exact. */
  int roundsOf(Trial trial) {
    boolean isMain = trial.threads() == 1 && trial.kind() == Kind.PLAIN;
    return isMain ? rounds : Math.max(1, rounds - 1);
  }
}
