package dev.autoskill.telemetry.sync;

import dev.autoskill.telemetry.event.DetachedThread;
import dev.autoskill.telemetry.listener.Recording;
import dev.autoskill.telemetry.recording.PrivateFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Pushes what is new in a database again and again, on a thread of its own, and after a failure at
 * longer and longer intervals. Nobody waits for it: it is a daemon, and ends once the server has
 * answered or has taken too long.
 *
 * <p>Started and stopped by one thread at a time.
 */
public final class BackgroundPush implements Runnable {

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** The databases that a thread of this process pushes, so that others of it need not. */
  private static final Set<Path> PUSHED = ConcurrentHashMap.newKeySet();

  private final Recording recording;
  private final Receiver receiver;
  private final Duration interval;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean isStarted;

  /**
   * Prepares it; starts no thread yet. From now on retention leaves what was not pushed.
   *
   * @param recording the database
   * @param receiver where to
   * @param interval how long to wait before each push
   */
  public BackgroundPush(Recording recording, Receiver receiver, Duration interval) {
    this.recording = recording;
    this.receiver = receiver;
    this.interval = interval;
    recording.letDelete(Long.MIN_VALUE);
  }

  /** Starts the thread, unless that was done. */
  public void start() {
    if (!isStarted) {
      DetachedThread.of("autoskill-telemetry-sync", this).start();
      isStarted = true;
    }
  }

  /** Lets the thread end. */
  public void stop() {
    stopped.countDown();
  }

  @Override
  public void run() {
    Path file = PrivateFiles.target(recording.database().toAbsolutePath().normalize());
    LocalEvents local = new LocalEvents(recording.database());
    boolean isOurs = false;
    try {
      Duration pause = interval;
      while (!isStoppedWithin(pause)) {
        isOurs = isOurs || PUSHED.add(file);
        pause = round(local, isOurs) ? interval : longer(pause);
      }
    } finally {
      if (isOurs) {
        PUSHED.remove(file);
      }
    }
  }

  private boolean isStoppedWithin(Duration time) {
    try {
      return stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return false; // The program interrupts every thread; the next wait is a full one.
    }
  }

  private static Duration longer(Duration pause) {
    Duration longer = pause.multipliedBy(2);
    return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }

  /** {@return whether it went well} */
  private boolean round(LocalEvents local, boolean isOurs) {
    String target = receiver.key();
    try {
      if (isOurs && recording.maySend() && local.hasMore(local.pushed(target).position())) {
        // The next round is the next attempt.
        new Push(local, receiver, InstantSource.system(), time -> false).run(false);
      }
      recording.letDelete(local.pushed(target).position().rowBefore());
      return true;
    } catch (SyncException e) {
      recording.trouble("a push failed: " + e.sentence(), e);
    } catch (Throwable fault) {
      recording.trouble("a push failed", fault);
    }
    return false;
  }
}
