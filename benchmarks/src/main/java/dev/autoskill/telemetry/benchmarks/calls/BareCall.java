package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.benchmarks.skills.BareSkills;

/** The call that all others watch, unwatched. */
public class BareCall extends CallBenchmark {

  /** Made by JMH. */
  public BareCall() {
    super(new BareSkills());
  }
}
