package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where uses come in and settled uses go out, in one order.
 *
 * <p>Tracked calls only put their use into the queue. The writer, for its next batch, and a caller
 * who wants an event back at once turn queued uses into settled ones, which have their ids. Ids
 * therefore rise in the order of storage, on whichever thread a use was recorded.
 *
 * <p>At most about {@code capacity} uses are queued, and as many again are settled and not yet
 * taken.
 *
 * <p>Settling may run out of stack or memory at any call. So a use stays in the queue until it is
 * settled, and a field says that it is, set by an assignment, which cannot fail half-way.
 */
final class Intake {

  private final int capacity;
  private final UseQueue queue;
  private final EventFactory events;
  private final @Nullable Consumer<SettledUse> listener;
  private final Ledger ledger;
  private final Faults faults;
  private final AtomicLong dropped = new AtomicLong();

  private final Object order = new Object();
  // Guarded by order.
  // Linked, since an array that cannot grow any more would lose what it holds.
  private final LinkedList<SettledUse> settled = new LinkedList<>();
  private long settledEver;

  /** Settled or given up, but perhaps still the oldest in the queue. */
  private @Nullable QueuedUse leaving;

  Intake(
      int capacity,
      EventFactory events,
      @Nullable Consumer<SettledUse> listener,
      Ledger ledger,
      Faults faults) {
    this.capacity = capacity;
    this.queue = new UseQueue(capacity);
    this.events = events;
    this.listener = listener;
    this.ledger = ledger;
    this.faults = faults;
  }

  /** Another one like this, with nothing in it. */
  Intake empty() {
    return new Intake(capacity, events, listener, ledger, faults);
  }

  /** Finds out what all events have in common. */
  void prepare() {
    synchronized (order) {
      events.prepare();
    }
  }

  /** Where tracked calls put their uses. */
  UseQueue queue() {
    return queue;
  }

  /** Makes the event of a use and keeps it for the writer or, if too many wait, drops it. */
  TelemetryEvent record(SkillUse use) {
    synchronized (order) {
      boolean hasRoom = settled.size() + queue.size() < capacity;
      if (hasRoom) {
        settle(capacity);
      }
      SettledUse settling = events.settle(use, SkillContext.currentOrNull());
      TelemetryEvent event = settling.event(events.seed());
      if (hasRoom) {
        settled.add(settling);
        settledEver++;
        tell(settling);
      } else {
        dropped.incrementAndGet();
      }
      return event;
    }
  }

  /** Makes the event of a use that can no longer be stored, and counts it as dropped. */
  TelemetryEvent drop(SkillUse use) {
    dropped.incrementAndGet();
    synchronized (order) {
      return events.eventOf(use, SkillContext.currentOrNull());
    }
  }

  /** Counts a use that came too late, or found no room. */
  void drop() {
    dropped.incrementAndGet();
  }

  /**
   * Takes the oldest uses.
   *
   * @return at most {@code atMost} uses, oldest first; empty if there are none
   */
  List<SettledUse> take(int atMost) {
    synchronized (order) {
      if (settled.size() < atMost) {
        settle(atMost - settled.size());
      }
      int count = Math.min(atMost, settled.size());
      List<SettledUse> batch = new ArrayList<>(count);
      // First, or a fault would lose what was not counted yet, and who waits for it would do so in
      // vain.
      ledger.taken(count);
      for (int i = 0; i < count; i++) {
        batch.add(settled.remove());
      }
      return batch;
    }
  }

  /**
   * What has come in, and what became of it, at one moment.
   *
   * @param accepted how many uses were accepted so far, that is, not dropped
   * @param queued how many of them wait in memory: counted where they wait
   * @param counts what became of the others
   */
  record Standing(long accepted, long queued, Ledger.Counts counts) {}

  /** How things stand. */
  Standing standing() {
    synchronized (order) {
      int unordered = unsettled();
      Ledger.Counts counts = ledger.counts();
      return new Standing(
          settledEver + unordered, unordered + settled.size() + counts.inHand(), counts);
    }
  }

  /** How many uses were accepted so far, that is, not dropped. */
  long accepted() {
    synchronized (order) {
      return settledEver + unsettled();
    }
  }

  /** How many ids and names were redacted. */
  long redacted() {
    return events.redacted();
  }

  long dropped() {
    return dropped.get();
  }

  boolean isEmpty() {
    synchronized (order) {
      return settled.isEmpty() && queue.isEmpty();
    }
  }

  private void settle(int atMost) {
    QueuedUse use = queue.oldest();
    if (use != null) {
      events.readClocks();
    }
    for (int left = atMost; use != null && left > 0; left--) {
      if (use != leaving) {
        settle(use);
      }
      queue.removeOldest();
      use = queue.oldest();
    }
    if (use == null) {
      leaving = null;
    }
  }

  private int unsettled() {
    int queued = queue.count();
    return leaving != null && queue.oldest() == leaving ? queued - 1 : queued;
  }

  private void settle(QueuedUse use) {
    SettledUse settling = null;
    Throwable failed = null;
    try {
      settling = events.settle(use);
    } catch (RuntimeException | LinkageError fault) {
      // A use that cannot become an event must not hold up the others. A stack overflow or a lack
      // of memory says nothing about the use: it stays, and the next attempt settles it.
      failed = fault;
    }
    if (settling == null) {
      // It was accepted, so a flush waits for it until it is counted as stored or failed.
      ledger.failedUntaken();
    } else {
      settled.add(settling);
    }
    settledEver++;
    leaving = use;
    if (settling != null) {
      tell(settling);
    } else if (failed != null) {
      faults.swallowed(failed);
    }
  }

  private void tell(SettledUse use) {
    if (listener != null) {
      listener.accept(use);
    }
  }
}
