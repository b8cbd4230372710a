package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.benchmarks.skills.ObservedSkills;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.Observations;

/** A call that Micrometer's {@code ObservedAspect} times. */
public class ObservedCall extends MeteredBenchmark {

  /** The aspect, when woven, knows the global registry only. */
  public ObservedCall() {
    super(new ObservedSkills());
    ObservationRegistry observations = ObservationRegistry.create();
    observations
        .observationConfig()
        .observationHandler(new DefaultMeterObservationHandler(registry));
    Observations.setRegistry(observations);
  }
}
