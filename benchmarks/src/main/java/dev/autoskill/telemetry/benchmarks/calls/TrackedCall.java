package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.benchmarks.skills.TrackedSkills;
import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.event.TelemetryStats;
import java.time.Duration;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * A call that this library tracks. What becomes of it is the process's matter, and is compared with
 * what should.
 */
public class TrackedCall extends CallBenchmark {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final Fate fate = Fate.ofProcess();
  private TelemetryStats before = Telemetry.collector().stats();

  /** Made by JMH. */
  public TrackedCall() {
    super(new TrackedSkills());
  }

  /** Waits until all that was recorded is stored: each batch begins with an empty queue. */
  @Setup(Level.Iteration)
  public void drain() {
    if (fate == Fate.RECORDED && !Telemetry.collector().flush(LONG)) {
      throw new IllegalStateException("not stored: " + Telemetry.collector().stats());
    }
    before = Telemetry.collector().stats();
  }

  /**
   * Sees to it that all calls of a batch met the fate that they should. While warming up they may
   * not: a queue that shall be full has to be filled.
   *
   * @param benchmark says how many calls there were
   * @param iteration says whether this was for warming up
   */
  @TearDown(Level.Iteration)
  public void check(BenchmarkParams benchmark, IterationParams iteration) {
    TelemetryStats after = Telemetry.collector().stats();
    long calls = callsOf(benchmark);
    long recorded = after.recorded() - before.recorded();
    long dropped = after.dropped() - before.dropped();
    if (iteration.getType() == IterationType.MEASUREMENT
        && (recorded != fate.recorded(calls) || dropped != fate.dropped(calls))) {
      throw new IllegalStateException(
          "of " + calls + " calls " + recorded + " were recorded, " + dropped + " of them dropped");
    }
  }
}
