package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where uses come in and settled uses go out, in one order.
 *
 * <p>Tracked calls only put their use into the queue. Whoever needs the order to be settled, the
 * writer for its next batch or a caller who wants an event back at once, first turns all that is
 * queued into settled uses and so gives them their ids. Ids therefore rise in the order of storage,
 * whoever recorded.
 *
 * <p>At most {@code capacity} uses are queued, and as many again are settled and not yet taken.
 */
final class Intake {

  private final int capacity;
  private final UseQueue queue;
  private final EventFactory events;
  private final @Nullable Consumer<SettledUse> listener;
  private final Faults faults;
  private final LongAdder dropped = new LongAdder();

  private final Object order = new Object();
  // Guarded by order.
  private final ArrayDeque<SettledUse> settled = new ArrayDeque<>();
  private long settledEver;

  Intake(
      int capacity, EventFactory events, @Nullable Consumer<SettledUse> listener, Faults faults) {
    this.capacity = capacity;
    this.queue = new UseQueue(capacity);
    this.events = events;
    this.listener = listener;
    this.faults = faults;
  }

  /** Another one like this, with nothing in it. */
  Intake empty() {
    return new Intake(capacity, events, listener, faults);
  }

  /** Where tracked calls put their uses. */
  UseQueue queue() {
    return queue;
  }

  /** Makes the event of a use and keeps it for the writer or, if too many wait, drops it. */
  TelemetryEvent record(SkillUse use) {
    synchronized (order) {
      boolean hasRoom = settled.size() < capacity;
      if (hasRoom) {
        settle();
      }
      SettledUse settling = events.settle(use, SkillContext.currentOrNull());
      if (hasRoom) {
        add(settling);
      } else {
        dropped.increment();
      }
      return settling.event(events.seed());
    }
  }

  /** Makes the event of a use that can no longer be stored, and counts it as dropped. */
  TelemetryEvent drop(SkillUse use) {
    dropped.increment();
    synchronized (order) {
      return events.eventOf(use, SkillContext.currentOrNull());
    }
  }

  /** Counts a use that came too late, or found no room. */
  void drop() {
    dropped.increment();
  }

  /**
   * Takes the oldest uses.
   *
   * @return at most {@code atMost} uses, oldest first; empty if there are none
   */
  List<SettledUse> take(int atMost) {
    synchronized (order) {
      if (settled.size() < atMost) {
        settle();
      }
      int count = Math.min(atMost, settled.size());
      List<SettledUse> batch = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        batch.add(settled.remove());
      }
      return batch;
    }
  }

  /** How many uses were accepted so far, that is, not dropped. */
  long accepted() {
    synchronized (order) {
      return settledEver + queue.size();
    }
  }

  /** How many ids and names were redacted. */
  long redacted() {
    return events.redacted();
  }

  long dropped() {
    return dropped.sum();
  }

  boolean isEmpty() {
    synchronized (order) {
      return settled.isEmpty() && queue.size() == 0;
    }
  }

  private void settle() {
    QueuedUse use = queue.takeAll();
    if (use == null) {
      return;
    }
    EventFactory.WallClock clock = events.wallClock();
    for (; use != null; use = use.next) {
      SettledUse settling;
      try {
        settling = events.settle(use, clock);
      } catch (RuntimeException fault) {
        // One use that cannot become an event must not take the others with it.
        dropped.increment();
        faults.swallowed(fault);
        continue;
      }
      add(settling);
    }
  }

  private void add(SettledUse settling) {
    settled.add(settling);
    settledEver++;
    if (listener != null) {
      listener.accept(settling);
    }
  }
}
