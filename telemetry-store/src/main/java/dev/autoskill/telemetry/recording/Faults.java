package dev.autoskill.telemetry.recording;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts swallowed failures, so that no caller notices but anyone can find out.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Faults {

  private static final int MOST_TROUBLES = 32;

  private final AtomicLong count = new AtomicLong();

  // Guarded by itself.
  private final Set<String> troubles = new LinkedHashSet<>();

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
   * @param fault the failure; nothing of it is retained
   */
  public void swallowed(Throwable fault) {
    count.incrementAndGet();
    if (debug != null) {
      try {
        // Not its message, which may contain a skill's result.
        debug.accept("swallowed: " + fault.getClass().getName());
      } catch (Throwable again) {
        // There may be no memory or stack left for the text.
      }
    }
  }

  /**
   * Counts a failure that lasts and that somebody can mend, and keeps its description. A failure of
   * the same description counts once.
   *
   * @param trouble the description, in plain words without anything personal
   * @param fault the failure; nothing of it is retained
   */
  public void swallowed(String trouble, Throwable fault) {
    synchronized (troubles) {
      if (troubles.contains(trouble)) {
        return;
      }
      if (troubles.size() < MOST_TROUBLES) {
        troubles.add(trouble);
      }
    }
    swallowed(fault);
  }

  /** {@return a sentence for each failure that lasts} */
  public List<String> troubles() {
    synchronized (troubles) {
      return List.copyOf(troubles);
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

  /** {@return how many failures were swallowed so far} */
  public long count() {
    return count.get();
  }
}
