package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.benchmarks.skills.TimedSkills;
import io.micrometer.core.instrument.Metrics;

/** A call that Micrometer's {@code TimedAspect} times. */
public class TimedCall extends MeteredBenchmark {

  /** The aspect, when woven, knows the global registry only. */
  public TimedCall() {
    super(new TimedSkills());
    Metrics.addRegistry(registry);
  }
}
