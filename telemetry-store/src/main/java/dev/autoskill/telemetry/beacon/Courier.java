package dev.autoskill.telemetry.beacon;

import dev.autoskill.telemetry.event.DetachedThread;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The beacon's one thread, and the HTTP client that comes and goes with it.
 *
 * <p>The thread starts when there is something to do and ends when there has been nothing for a
 * while. It is never shut down: the HTTP client, whose executor it is, may have tasks for it as
 * long as there is an exchange, and does not expect them to be refused.
 */
final class Courier {

  static final String THREAD_NAME = "autoskill-telemetry-beacon";

  private static final Duration IDLE_ONCE_CLOSED = Duration.ofMillis(50);

  private final HttpSettings settings;
  private final ScheduledThreadPoolExecutor thread;

  private volatile @Nullable HttpSender sender;

  Courier(HttpSettings settings) {
    this.settings = settings;
    this.thread = new ScheduledThreadPoolExecutor(1, new OwnThreads());
    thread.setKeepAliveTime(settings.idle().toNanos(), TimeUnit.NANOSECONDS);
    thread.allowCoreThreadTimeOut(true);
    thread.setRemoveOnCancelPolicy(true);
  }

  /** Has the thread run a task, which may throw: nobody is told. */
  void execute(Runnable task) {
    thread.execute(task);
  }

  /** Sends a request. Only the thread itself may. */
  void send(String uri, Delivery delivery) {
    HttpSender current = sender;
    if (current == null) {
      current = new HttpSender(settings, thread);
      sender = current;
    }
    current.send(uri, delivery);
  }

  /** Lets the thread end as soon as it has nothing to do. */
  void close() {
    thread.setKeepAliveTime(IDLE_ONCE_CLOSED.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Classes and not lambdas: the first of those costs milliseconds, and these are the caller's. */
  private final class OwnThreads implements ThreadFactory {

    @Override
    public Thread newThread(Runnable work) {
      return DetachedThread.of(THREAD_NAME, new Shift(work));
    }
  }

  /** What a thread does from its start to its end. */
  private final class Shift implements Runnable {

    private final Runnable work;

    Shift(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      try {
        work.run();
      } finally {
        // An HTTP client ends, with its own thread and its connections, when it is unreachable.
        sender = null;
      }
    }
  }
}
