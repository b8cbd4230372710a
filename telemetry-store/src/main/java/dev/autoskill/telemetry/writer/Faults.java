package dev.autoskill.telemetry.writer;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what went wrong and was swallowed, so that no caller notices but anyone can find out.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Faults {

  private final LongAdder count = new LongAdder();

  /** Makes a counter that stands at zero. */
  public Faults() {}

  /**
   * Counts a failure.
   *
   * @param fault what was swallowed; its message is not kept, since it may hold anything
   */
  public void swallowed(Throwable fault) {
    count.increment();
  }

  /**
   * How many failures were swallowed so far.
   *
   * @return the count
   */
  public long count() {
    return count.sum();
  }
}
