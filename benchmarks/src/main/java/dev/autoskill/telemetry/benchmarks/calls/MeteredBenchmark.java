package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.benchmarks.skills.Skills;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Calls that Micrometer times. Whether it does is compared with its timers' counts. */
public abstract class MeteredBenchmark extends CallBenchmark {

  /** Micrometer's simplest. */
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private long before;

  MeteredBenchmark(Skills skills) {
    super(skills);
  }

  /** Remembers how many calls were timed. */
  @Setup(Level.Iteration)
  public void count() {
    before = timed();
  }

  /**
   * Sees to it that all calls were timed.
   *
   * @param benchmark says how many there were
   */
  @TearDown(Level.Iteration)
  public void check(BenchmarkParams benchmark) {
    long timed = timed() - before;
    if (timed != callsOf(benchmark)) {
      throw new IllegalStateException("of " + callsOf(benchmark) + " calls were timed " + timed);
    }
  }

  private long timed() {
    return registry.getMeters().stream()
        .filter(Timer.class::isInstance)
        .mapToLong(timer -> ((Timer) timer).count())
        .sum();
  }
}
