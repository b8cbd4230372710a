package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.recording.BackgroundThread;
import dev.autoskill.telemetry.recording.Faults;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The thread that asks mappers about uses, so that no caller waits for them. It is started when it
 * is first needed. When an answer takes too long, the next caller who submits a use, or waits,
 * gives the use up together with the thread and lets a new thread go on.
 */
final class OutcomeThread {

  /** A mapper's time, and the longest sleep: a stack overflow may have prevented a wake-up. */
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final int capacity;
  private final Faults faults;
  private final ConcurrentLinkedDeque<PendingUse> uses = new ConcurrentLinkedDeque<>();
  private volatile boolean isClosed;
  // Written under the lock.
  private volatile BackgroundThread thread;
  private volatile @Nullable PendingUse asked;
  private volatile long askedNanos;

  OutcomeThread(int capacity, Faults faults) {
    this.capacity = capacity;
    this.faults = faults;
    this.thread = newThread();
  }

  private BackgroundThread newThread() {
    return new BackgroundThread("autoskill-telemetry-outcomes", this::run, faults);
  }

  /** Whether there was room. A counter would be wrong for good after a stack overflow. */
  boolean submit(PendingUse use) {
    boolean hasRoom = isClosed || uses.size() < capacity;
    if (hasRoom) {
      uses.add(use);
      wake();
    }
    return hasRoom;
  }

  /** Waits, whatever interrupts come, for the uses submitted before; answers if all have ended. */
  boolean settle(long deadlineNanos) {
    PendingUse last = last();
    return BackgroundThread.await(
        () -> {
          if (isUnanswered(last)) {
            wake();
          }
          return !isUnanswered(last);
        },
        deadlineNanos);
  }

  private synchronized @Nullable PendingUse last() {
    return uses.isEmpty() ? asked : uses.peekLast();
  }

  private synchronized boolean isUnanswered(@Nullable PendingUse use) {
    return use != null && (use == asked || uses.contains(use));
  }

  /** Lets the thread end. Uses that it has not answered are recorded by the rules. */
  void close() {
    isClosed = true;
    thread.finish(false);
    wake();
  }

  private void wake() {
    if (isClosed || isLate()) {
      giveUpAsked();
    }
    thread.wake();
    if (isClosed || thread.isRefused()) {
      for (PendingUse use = uses.poll(); use != null; use = uses.poll()) {
        abandon(use, false);
      }
    }
  }

  private boolean isLate() {
    return asked != null && System.nanoTime() - askedNanos > SECOND_NANOS;
  }

  private synchronized void giveUpAsked() {
    PendingUse late = asked;
    if (late != null && (isClosed || isLate())) {
      asked = null;
      if (!isClosed) {
        thread = newThread();
      }
      abandon(late, !isClosed);
    }
  }

  /** A fault costs this use, and not the others. */
  private void abandon(PendingUse use, boolean isLate) {
    try {
      use.abandon(isLate);
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
  }

  private void run() {
    BackgroundThread own = thread;
    long pauseNanos = 0;
    while (thread == own && !isClosed) {
      try {
        own.pause(pauseNanos);
        PendingUse next = next(own);
        pauseNanos = next == null ? SECOND_NANOS : 0;
        if (next != null) {
          next.ask();
        }
      } catch (Throwable fault) {
        // A fault that occurs each time must not take up a processor.
        pauseNanos = SHORT_NANOS;
        faults.swallowed(fault);
      }
    }
  }

  /** Answers null if there is none, or none for that thread any more. */
  private synchronized @Nullable PendingUse next(BackgroundThread asking) {
    if (thread != asking || isClosed) {
      return null;
    }
    askedNanos = System.nanoTime();
    asked = uses.poll();
    return asked;
  }
}
