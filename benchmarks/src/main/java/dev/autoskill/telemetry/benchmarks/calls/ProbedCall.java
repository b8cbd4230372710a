package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.benchmarks.skills.ProbedSkills;

/** A call that Kieker records. */
public class ProbedCall extends AgentBenchmark {

  /** Made by JMH. */
  public ProbedCall() {
    super(new ProbedSkills());
  }
}
