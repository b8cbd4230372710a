package dev.autoskill.telemetry.recording;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.error.RecordedEvent;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where uses come in and events go out, in one order. Never blocks for long.
 *
 * <p>Tracked calls only put their use on top of a stack. The writer, for its next batch, and a
 * caller who wants an event back at once take the whole stack over, oldest first, and turn its uses
 * into events. So ids rise in the order of recording, on whichever thread that is.
 *
 * <p>A stack overflow may end any method half-way, and memory may run out. A use is put on the
 * stack by one assignment, which cannot fail half-way, and knows how much is below it, so there is
 * no counter that could miss a step. It leaves the queue when it has become an event.
 */
final class UseQueue implements UseRecorder {

  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /** How much text fits into one place of the queue, in UTF-16 code units. */
  private static final int PLACE_CHARS = 128;

  /**
   * A finished use on its way from the caller's thread to the writer's. It takes up 48 bytes, so
   * that a call takes up no more than 64 with the result that AspectJ puts into an object. A
   * duration of 64 bits would make that 72.
   */
  static class QueuedUse {

    final Skill skill;
    final @Nullable String agentId;
    final @Nullable SkillContext context;
    final Outcome outcome;
    final int durationMs;
    final long endNanos;

    /** The one below it on the stack; once that is taken over, the one that came after it. */
    private @Nullable QueuedUse next;

    /** The places of this one and of those below it on the stack. */
    private int depth;

    /** Makes one; null for an agent: the context's. The duration is at most 24 days. */
    QueuedUse(
        Skill skill,
        @Nullable String agentId,
        @Nullable SkillContext context,
        Outcome outcome,
        int durationMs,
        long endNanos) {
      this.skill = skill;
      this.agentId = agentId;
      this.context = context;
      this.outcome = outcome;
      this.durationMs = durationMs;
      this.endNanos = endNanos;
    }

    /** Its error. Most uses have none, and so no field for one. */
    @Nullable String error() {
      return null;
    }

    /** Texts of annotations are there anyway, and so take no place. */
    int places() {
      int chars = skill.isConstant() ? 0 : skill.id().length() + skill.name().length();
      if (context != null) {
        chars += length(context.sessionId()) + length(context.agentId());
      }
      return 1 + chars / PLACE_CHARS;
    }

    private static int length(@Nullable String text) {
      return text == null ? 0 : text.length();
    }
  }

  /** How many places it has: uses with long texts take up several. */
  private final int capacity;

  private final Recorder.Options options;
  private final EventFactory factory;

  /** The top of the stack. */
  private final AtomicReference<@Nullable QueuedUse> newest = new AtomicReference<>();

  private final AtomicLong dropped = new AtomicLong();

  /** The places of what was taken over, and of the events. Written under this. */
  private volatile int waiting;

  // Guarded by this.
  private long made;

  /** How many uses were given up. Written under this. */
  private volatile long failed;

  /** The oldest use that was taken over and is no event yet. Guarded by this. */
  private @Nullable QueuedUse oldest;

  // Guarded by this. Linked, since an array that cannot grow would lose what it holds.
  private final LinkedList<RecordedEvent> events = new LinkedList<>();

  UseQueue(Recorder.Options options) {
    this.capacity = options.queueCapacity();
    this.options = options;
    this.factory = new EventFactory(options, EventFactory::randomBits);
  }

  @Override
  public void record(
      Skill skill,
      @Nullable String agentId,
      @Nullable SkillContext context,
      Outcome outcome,
      @Nullable Throwable thrown,
      long startNanos,
      long endNanos) {
    long durationMs = (endNanos - startNanos) / NANOS_PER_MILLI;
    int storedMs = (int) Math.min(durationMs, Integer.MAX_VALUE);
    String error =
        outcome == Outcome.FAILURE && thrown != null ? options.errors().of(thrown) : null;
    add(
        error == null
            ? new QueuedUse(skill, agentId, context, outcome, storedMs, endNanos)
            : new QueuedUse(skill, agentId, context, outcome, storedMs, endNanos) {
              @Override
              String error() {
                return error;
              }
            });
  }

  /** Adds a use; drops it if the queue is full. */
  void add(QueuedUse use) {
    int places = use.places();
    QueuedUse below;
    do {
      below = newest.get();
      // Uses that were taken over between the two readings would count twice.
      if (isFull(below) && newest.get() == below) {
        drop();
        return;
      }
      use.next = below;
      use.depth = depth(below) + places;
    } while (!newest.compareAndSet(below, use));
  }

  private boolean isFull(@Nullable QueuedUse top) {
    return (long) depth(top) + waiting >= capacity;
  }

  private static int depth(@Nullable QueuedUse top) {
    return top == null ? 0 : top.depth;
  }

  /**
   * Makes the event of a use and adds it unless that is too late; drops it if the queue is full.
   */
  synchronized TelemetryEvent add(SkillUse use, boolean isLate) {
    boolean hasRoom = !isLate && !isFull(newest.get());
    if (hasRoom) {
      makeEvents(capacity);
    }
    TelemetryEvent event = factory.eventOf(use, SkillContext.currentOrNull());
    if (hasRoom) {
      RecordedEvent recorded = new RecordedEvent(event, null);
      int places = places(recorded);
      events.add(recorded);
      // From here on nothing can fail.
      made++;
      waiting += places;
    } else if (!isLate) {
      drop();
    }
    return event;
  }

  private static int places(RecordedEvent event) {
    return 1 + event.chars() / PLACE_CHARS;
  }

  @Override
  public void drop() {
    dropped.incrementAndGet();
  }

  /** Takes the oldest events, at most so many; none if there are none. */
  synchronized List<RecordedEvent> take(int atMost) {
    makeEvents(atMost - events.size());
    int count = Math.min(atMost, events.size());
    List<RecordedEvent> batch = new ArrayList<>(events.subList(0, count));
    int places = 0;
    for (RecordedEvent event : batch) {
      places += places(event);
    }
    // From here on nothing can fail.
    events.subList(0, count).clear();
    waiting -= places;
    return batch;
  }

  /** How many uses were added so far, exactly: each one in the queue is looked at. */
  synchronized long accepted() {
    return made + length(oldest) + length(newest.get());
  }

  private static long length(@Nullable QueuedUse first) {
    long length = 0;
    for (QueuedUse use = first; use != null; use = use.next) {
      length++;
    }
    return length;
  }

  long dropped() {
    return dropped.get();
  }

  /** How many of the accepted uses were given up. */
  long failed() {
    return failed;
  }

  /** Gives up all uses. */
  synchronized void giveUp() {
    int left = take(Integer.MAX_VALUE).size();
    failed += left;
  }

  synchronized boolean isEmpty() {
    return events.isEmpty() && oldest == null && newest.get() == null;
  }

  private void makeEvents(int atMost) {
    factory.readClocks();
    takeOver();
    for (int left = atMost; oldest != null && left > 0; left--) {
      makeEvent(oldest);
      takeOver();
    }
  }

  /** Takes the stack over if nothing is left of the one before. */
  private void takeOver() {
    if (oldest == null && newest.get() != null) {
      QueuedUse use = newest.getAndSet(null);
      // From here on nothing can fail.
      waiting += use.depth;
      while (use != null) {
        QueuedUse below = use.next;
        use.next = oldest;
        oldest = use;
        use = below;
      }
    }
  }

  private void makeEvent(QueuedUse use) {
    int places = use.places();
    Throwable failure = null;
    try {
      RecordedEvent event = new RecordedEvent(factory.eventOf(use), use.error());
      places -= places(event);
      events.add(event);
    } catch (RuntimeException | LinkageError fault) {
      // A use that cannot become an event must not hold up the others. A stack overflow or a lack
      // of memory says nothing about the use: it stays, and the next attempt makes the event.
      failure = fault;
    }
    made++;
    oldest = use.next;
    // From here on the event takes up the places, whose texts may be others.
    waiting -= places;
    if (failure != null) {
      failed++;
      options.faults().swallowed(failure);
    }
  }
}
