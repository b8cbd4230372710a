package dev.autoskill.telemetry.recording;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where uses come in and events go out, in one order. Never blocks for long.
 *
 * <p>Tracked calls only put their use into the queue. The writer, for its next batch, and a caller
 * who wants an event back at once turn queued uses into events. So ids rise in the order of
 * recording, on whichever thread that is.
 *
 * <p>A stack overflow may end any method half-way, and memory may run out. The linked queue
 * survives that, but a counter may miss a step: so a use is counted after it was added, which can
 * only make the queue look emptier than it is, and the counters start anew whenever the queue is
 * found empty. A use stays in the queue until it has become an event, and a field says that it has,
 * set by an assignment, which cannot fail half-way.
 */
final class UseQueue {

  /**
   * A finished use on its way from the caller's thread to the writer's. With its node in the queue
   * it takes up 64 bytes; a duration of 64 bits would make that 72.
   *
   * @param skill the skill
   * @param agentId the agent; null: the context's
   * @param context the context of the call; null: none
   * @param outcome the outcome
   * @param durationMs the duration in milliseconds, at most 24 days
   * @param endNanos the end, by {@link System#nanoTime()}
   */
  record QueuedUse(
      Skill skill,
      @Nullable String agentId,
      @Nullable SkillContext context,
      Outcome outcome,
      int durationMs,
      long endNanos) {}

  /** About how many uses, and events not taken yet, there may be. */
  private final int capacity;

  private final EventFactory factory;
  private final @Nullable Consumer<TelemetryEvent> listener;
  private final Progress progress;
  private final Faults faults;

  /** Uses, and marks of those who wait for the uses before. */
  private final ConcurrentLinkedQueue<Object> uses = new ConcurrentLinkedQueue<>();

  private final AtomicInteger added = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();

  private final Object order = new Object();
  // Written under order.
  private volatile int removed;
  private volatile long made;

  // Guarded by order. Linked, since an array that cannot grow would lose what it holds.
  private final LinkedList<TelemetryEvent> events = new LinkedList<>();

  /** Has become an event or was given up, but may still be the oldest in the queue. */
  private @Nullable Object leaving;

  UseQueue(
      int capacity,
      EventFactory factory,
      @Nullable Consumer<TelemetryEvent> listener,
      Progress progress,
      Faults faults) {
    this.capacity = capacity;
    this.factory = factory;
    this.listener = listener;
    this.progress = progress;
    this.faults = faults;
  }

  /** Another one like this, with nothing in it. */
  UseQueue empty() {
    return new UseQueue(capacity, factory, listener, progress, faults);
  }

  /** Adds a use; drops it if the queue is full. Threads may find the last place free for each. */
  void add(QueuedUse use) {
    if (size() >= capacity) {
      drop();
    } else {
      uses.add(use);
      added.incrementAndGet();
    }
  }

  /** Makes the event of a use and adds it; drops it if too many wait, or if it comes too late. */
  TelemetryEvent add(SkillUse use, boolean isLate) {
    synchronized (order) {
      boolean hasRoom = !isLate && events.size() + size() < capacity;
      if (hasRoom) {
        makeEvents(capacity);
      }
      TelemetryEvent event = factory.eventOf(use, SkillContext.currentOrNull());
      if (hasRoom) {
        events.add(event);
        made++;
        tell(event);
      } else {
        drop();
      }
      return event;
    }
  }

  /** Counts a use that came too late or found no room. */
  void drop() {
    dropped.incrementAndGet();
  }

  /** Marks the end of the queue: takes no lock, so that those who wait have their timeout. */
  Progress.Mark mark() {
    Progress.Mark mark = new Progress.Mark();
    uses.add(mark);
    return mark;
  }

  /** Takes the oldest events, at most so many; none if there are none. */
  List<TelemetryEvent> take(int atMost) {
    synchronized (order) {
      makeEvents(atMost - events.size());
      int count = Math.min(atMost, events.size());
      List<TelemetryEvent> batch = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        batch.add(events.remove());
      }
      return batch;
    }
  }

  /** How many uses were added so far, exactly: each one in the queue is looked at. */
  long accepted() {
    synchronized (order) {
      return made + uses.stream().filter(use -> use instanceof QueuedUse && use != leaving).count();
    }
  }

  long dropped() {
    return dropped.get();
  }

  /** Whether nothing was ever added. Takes no lock. */
  boolean isUnused() {
    // In this order: a use is counted before it leaves, so it is found here or there.
    return uses.isEmpty() && made == 0;
  }

  boolean isEmpty() {
    synchronized (order) {
      return events.isEmpty() && uses.isEmpty();
    }
  }

  /**
   * About how many uses are queued: one too many where the writer was quicker than the count of an
   * add, too few after a stack overflow, and right again once the queue was empty.
   */
  private int size() {
    return added.get() - removed;
  }

  private void makeEvents(int atMost) {
    factory.readClocks();
    int left = atMost;
    int addedBefore = added.get();
    Object oldest = uses.peek();
    while (oldest != null && left > 0) {
      if (oldest instanceof QueuedUse use) {
        if (use != leaving) {
          makeEvent(use);
          left--;
        }
        uses.poll();
        removed++;
      } else {
        progress.reached((Progress.Mark) oldest, made);
        uses.poll();
      }
      addedBefore = added.get();
      oldest = uses.peek();
    }
    if (oldest == null) {
      removed = addedBefore;
      leaving = null;
    }
  }

  private void makeEvent(QueuedUse use) {
    TelemetryEvent event = null;
    Throwable failure = null;
    try {
      event = factory.eventOf(use);
      events.add(event);
    } catch (RuntimeException | LinkageError fault) {
      // A use that cannot become an event must not hold up the others. A stack overflow or a lack
      // of memory says nothing about the use: it stays, and the next attempt makes the event.
      failure = fault;
    }
    made++;
    leaving = use;
    if (event != null) {
      tell(event);
    } else if (failure != null) {
      progress.done(0, 1);
      faults.swallowed(failure);
    }
  }

  private void tell(TelemetryEvent event) {
    if (listener != null) {
      listener.accept(event);
    }
  }
}
