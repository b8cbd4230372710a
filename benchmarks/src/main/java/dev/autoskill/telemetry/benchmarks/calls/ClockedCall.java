package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.benchmarks.skills.ClockedSkills;

/** Two readings of the clock around a call: the measure of all others. */
public class ClockedCall extends CallBenchmark {

  /** Made by JMH. */
  public ClockedCall() {
    super(new ClockedSkills());
  }
}
