package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.benchmarks.skills.Skills;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Calls a skill in batches that fit into the library's queue, with a pause between them in which a
 * contender may empty its own. All contenders are measured in this form.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class CallBenchmark {

  /** So many calls each thread makes in a batch. Those of several threads fit into the queue. */
  static final int BATCH = 2_048;

  /**
   * A method that runs once a batch is compiled in the middle of its loop, if at all; one that runs
   * so often is compiled as a whole.
   */
  private static final int BURST = 64;

  /** The kind of call. */
  @Param public Kind kind;

  private final Skills skills;

  /** A benchmark of these skills. */
  CallBenchmark(Skills skills) {
    this.skills = skills;
  }

  /**
   * Makes a batch of calls.
   *
   * @param thread starts together with the others
   * @param blackhole takes the results
   */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void batch(CallingThread thread, Blackhole blackhole) {
    calls(blackhole);
  }

  /** How many calls all threads together make in a batch. */
  static long callsOf(BenchmarkParams benchmark) {
    return (long) benchmark.getThreads() * BATCH;
  }

  void calls(Blackhole blackhole) {
    for (int i = 0; i < BATCH; i += BURST) {
      burst(i, blackhole);
    }
  }

  private void burst(int first, Blackhole blackhole) {
    for (int i = first; i < first + BURST; i++) {
      kind.call(skills, i, blackhole);
    }
  }
}
