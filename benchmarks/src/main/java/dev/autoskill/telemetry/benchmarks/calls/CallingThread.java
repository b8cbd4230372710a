package dev.autoskill.telemetry.benchmarks.calls;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/** A thread that makes batches of calls, each at the same time as the other threads. */
@State(Scope.Thread)
public class CallingThread {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final AtomicLong ARRIVED = new AtomicLong();

  private long allocatedBefore;

  /**
   * Waits for the other threads, as JMH does not for single shots.
   *
   * @param benchmark says how many there are
   */
  @Setup(Level.Invocation)
  public void start(BenchmarkParams benchmark) {
    int threads = benchmark.getThreads();
    long batch = (ARRIVED.getAndIncrement() / threads + 1) * threads;
    while (ARRIVED.get() < batch) {
      Thread.onSpinWait();
    }
    allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
  }

  /** Tells what this thread has allocated. */
  @TearDown(Level.Invocation)
  public void end() {
    CallerAllocations.add(THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore);
  }
}
