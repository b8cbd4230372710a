package dev.autoskill.telemetry.writer;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts what went wrong and was swallowed, so that no caller notices but anyone can find out.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Faults {

  private final AtomicLong count = new AtomicLong();
  private final @Nullable Consumer<String> debug;

  /**
   * Makes a counter that stands at zero.
   *
   * @param debug is told of each failure; null: nobody is
   */
  public Faults(@Nullable Consumer<String> debug) {
    this.debug = debug;
  }

  /**
   * Counts a failure.
   *
   * @param fault what was swallowed; nothing of it is kept
   */
  public void swallowed(Throwable fault) {
    count.incrementAndGet();
    if (debug != null) {
      debug.accept("swallowed: " + fault);
    }
  }

  /**
   * Counts failures that were swallowed before there was this counter.
   *
   * @param earlier how many
   */
  public void add(long earlier) {
    count.addAndGet(earlier);
  }

  /**
   * How many failures were swallowed so far.
   *
   * @return the count
   */
  public long count() {
    return count.get();
  }
}
