package dev.autoskill.telemetry.benchmarks.calls;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Tells how many bytes the calling threads allocated per call. JMH's own profiler counts all
 * threads, those that store what was called included, and the time between the batches too.
 */
public final class CallerAllocations implements InternalProfiler {

  static final String NAME = "caller.alloc.norm";

  private static final AtomicLong BYTES = new AtomicLong();

  /** Made by JMH. */
  public CallerAllocations() {}

  static void add(long bytes) {
    BYTES.addAndGet(bytes);
  }

  /** Of the batch that was made last. */
  static long bytes() {
    return BYTES.get();
  }

  @Override
  public String getDescription() {
    return "bytes that the calling threads allocate";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    BYTES.set(0);
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double bytes = (double) BYTES.get() / CallBenchmark.callsOf(benchmark);
    return List.of(new ScalarResult(NAME, bytes, "B/op", AggregationPolicy.AVG));
  }
}
