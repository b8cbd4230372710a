package dev.autoskill.telemetry.writer;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue for many producers and one consumer, who takes everything at once.
 *
 * <p>It is a stack of linked uses (R. K. Treiber, 1986) that is turned round when it is taken. A
 * use becomes visible by a single compare-and-set, so no producer, however it dies, can leave a gap
 * that the consumer would have to wait for; in a ring buffer one can.
 */
final class UseQueue {

  private final int capacity;
  private final AtomicReference<@Nullable QueuedUse> newest = new AtomicReference<>();

  UseQueue(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Adds a use unless the queue is full. Never blocks.
   *
   * @return how many uses now wait, this one included; 0 if the queue is full
   */
  int offer(QueuedUse use) {
    while (true) {
      QueuedUse head = newest.get();
      int waiting = head == null ? 1 : head.waiting + 1;
      if (waiting > capacity) {
        return 0;
      }
      use.next = head;
      use.waiting = waiting;
      if (newest.compareAndSet(head, use)) {
        return waiting;
      }
    }
  }

  /**
   * Takes all uses.
   *
   * @return the oldest, linked to the newer ones; null if there is none
   */
  @Nullable QueuedUse takeAll() {
    QueuedUse rest = newest.getAndSet(null);
    QueuedUse oldest = null;
    while (rest != null) {
      QueuedUse older = rest.next;
      rest.next = oldest;
      oldest = rest;
      rest = older;
    }
    return oldest;
  }

  int size() {
    QueuedUse head = newest.get();
    return head == null ? 0 : head.waiting;
  }
}
