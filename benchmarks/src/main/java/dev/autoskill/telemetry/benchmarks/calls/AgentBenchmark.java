package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.benchmarks.skills.Skills;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Calls that somebody's agent watches. What it made of them cannot be asked, since its classes are
 * not on the class path; but it allocates, which the calls themselves do not.
 */
public abstract class AgentBenchmark extends CallBenchmark {

  private static final int LEAST_BYTES_OF_AN_OBJECT = 16;

  AgentBenchmark(Skills skills) {
    super(skills);
  }

  /** Sees to it that the calls were watched. */
  @TearDown(Level.Iteration)
  public void check() {
    if (CallerAllocations.bytes() < (long) LEAST_BYTES_OF_AN_OBJECT * BATCH) {
      throw new IllegalStateException("nobody watched");
    }
  }
}
