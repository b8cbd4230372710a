package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.benchmarks.skills.SpanSkills;

/** A call for which OpenTelemetry makes a span. */
public class SpanCall extends AgentBenchmark {

  /** Made by JMH. */
  public SpanCall() {
    super(new SpanSkills());
  }
}
