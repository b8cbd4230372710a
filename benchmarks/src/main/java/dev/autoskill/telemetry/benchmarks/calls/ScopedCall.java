package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.telemetry.event.SkillContext;
import org.openjdk.jmh.infra.Blackhole;

/** A tracked call within a context that says session and agent. */
public class ScopedCall extends TrackedCall {

  private static final SkillContext CONTEXT =
      SkillContext.ofSession("benchmark").withAgent("benchmark");

  /** Made by JMH. */
  public ScopedCall() {}

  @Override
  void calls(Blackhole blackhole) {
    SkillContext.Scope scope = CONTEXT.open();
    try {
      super.calls(blackhole);
    } finally {
      scope.close();
    }
  }
}
