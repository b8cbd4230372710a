package dev.autoskill.telemetry.writer;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue for many producers and one consumer. Never blocks.
 *
 * <p>A stack overflow may end any of its methods half-way, at any call. The linked queue survives
 * that; the two counters may miss a step. So a use is counted after it was added, which can only
 * make the queue look emptier than it is, and the counters start anew whenever the consumer finds
 * the queue empty.
 */
final class UseQueue {

  private final int capacity;
  private final ConcurrentLinkedQueue<QueuedUse> uses = new ConcurrentLinkedQueue<>();
  private final AtomicInteger added = new AtomicInteger();

  /** Written by the consumer only. */
  private volatile int removed;

  UseQueue(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Adds a use unless the queue is full. Threads that add at the same moment may find the last
   * place free for each of them.
   *
   * @return whether it was added
   */
  boolean offer(QueuedUse use) {
    if (size() >= capacity) {
      return false;
    }
    uses.add(use);
    added.incrementAndGet();
    return true;
  }

  /** How many uses are queued, at about this moment; too few after a stack overflow. */
  int size() {
    return added.get() - removed;
  }

  /** How many uses are queued, exactly if no thread adds one meanwhile. Looks at each of them. */
  int count() {
    return uses.size();
  }

  boolean isEmpty() {
    return uses.isEmpty();
  }

  /** The oldest use, which stays in the queue; null if there is none. For the consumer. */
  @Nullable QueuedUse oldest() {
    int addedBefore = added.get();
    QueuedUse oldest = uses.peek();
    if (oldest == null) {
      removed = addedBefore;
    }
    return oldest;
  }

  /** Removes the oldest use. For the consumer. */
  void removeOldest() {
    uses.poll();
    removed++;
  }
}
