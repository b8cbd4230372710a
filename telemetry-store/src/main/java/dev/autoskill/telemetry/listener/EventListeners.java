package dev.autoskill.telemetry.listener;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.recording.BackgroundThread;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Hands events over to listeners, each on a thread of its own. Accepts them on one thread, without
 * waiting; all else may be called by any thread.
 */
public final class EventListeners implements Consumer<TelemetryEvent> {

  private static final int MOST_WAITING = 65_536;

  private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<Hearing> hearings = new ArrayList<>();
  private volatile boolean isClosed;

  EventListeners(List<TelemetryListener> listeners, TimeSource time, Faults faults) {
    for (TelemetryListener listener : listeners) {
      hearings.add(new Hearing(listener, time, faults));
    }
  }

  @Override
  public void accept(TelemetryEvent event) {
    for (Hearing hearing : hearings) {
      hearing.accept(event);
    }
  }

  /**
   * Waits until the listeners have been told of the events accepted before.
   *
   * @param deadlineNanos when to stop waiting, by {@link System#nanoTime()}
   */
  public void settle(long deadlineNanos) {
    for (Hearing hearing : hearings) {
      long last = hearing.accepted;
      BackgroundThread.await(
          () -> hearing.told >= last || isClosed || hearing.guard.isCutOff(), deadlineNanos);
    }
  }

  /**
   * Waits as {@link #settle} does, and ends the threads.
   *
   * @param deadlineNanos when to stop waiting, by {@link System#nanoTime()}
   */
  public void close(long deadlineNanos) {
    settle(deadlineNanos);
    isClosed = true;
    for (Hearing hearing : hearings) {
      hearing.thread.finish(false);
      // One that hangs in its listener does not end.
      BackgroundThread.await(
          () -> !hearing.thread.isAlive() || hearing.guard.isCutOff(), deadlineNanos);
    }
  }

  /** One listener with its thread and the events that wait for it. */
  private final class Hearing implements Runnable {

    private final TelemetryListener listener;
    private final Guard guard;
    private final BackgroundThread thread;
    private final LinkedBlockingQueue<TelemetryEvent> waiting =
        new LinkedBlockingQueue<>(MOST_WAITING);

    /** Written by the thread that accepts. */
    private volatile long accepted;

    /** Written by this listener's thread. */
    private volatile long told;

    Hearing(TelemetryListener listener, TimeSource time, Faults faults) {
      this.listener = listener;
      this.guard = new Guard(listener, time, faults);
      this.thread = new BackgroundThread("autoskill-telemetry-listener", this, faults);
    }

    void accept(TelemetryEvent event) {
      if (!guard.isCutOff()) {
        if (waiting.offer(event)) {
          accepted++;
        } else {
          guard.trouble("is too slow and misses events", new RejectedExecutionException());
        }
        thread.wake();
      }
    }

    @Override
    public void run() {
      while (!isClosed && !guard.isCutOff()) {
        TelemetryEvent event = waiting.poll();
        if (event == null) {
          thread.pause(LONGEST_SLEEP_NANOS);
        } else {
          guard.call(
              () -> {
                listener.recorded(event);
                return null;
              });
          told++;
        }
      }
      guard.call(
          () -> {
            listener.closed();
            return null;
          });
    }
  }
}
