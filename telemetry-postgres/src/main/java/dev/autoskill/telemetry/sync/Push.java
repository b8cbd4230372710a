package dev.autoskill.telemetry.sync;

import dev.autoskill.telemetry.sync.EventPush.Pause;
import dev.autoskill.telemetry.sync.LocalEvents.Pushed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sends the events that wait in a local database, batch by batch, whether or not that is wanted.
 */
final class Push {

  /** A note costs as much as thousands of events do. */
  private static final long NOTE_NANOS = 1_000_000_000;

  private static final long JITTER_MS = 500;
  private static final List<Duration> BACKOFF =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          Duration.ofSeconds(8));

  private final LocalEvents local;
  private final Receiver receiver;
  private final LiveEvents live;
  private final InstantSource time;
  private final Pause pause;

  Push(LocalEvents local, Receiver receiver, InstantSource time, Pause pause) {
    this.local = local;
    this.receiver = receiver;
    this.live = local.live(receiver);
    this.time = time;
    this.pause = pause;
  }

  /** Does it, once; {@link EventPush#push} tells how. */
  PushResult run(boolean isFull) {
    PushCount count = new PushCount();
    Pushed begun = local.begin(receiver.key());
    if (isFull) {
      local.note(receiver.key(), begun.to(Position.START));
    }
    int failures = 0;
    while (true) {
      long before = count.result().read();
      try {
        attempt(begun.source(), count);
        return count.result();
      } catch (SyncException e) {
        failures = count.result().read() > before ? 1 : failures + 1;
        if (!e.isPassing() || failures > BACKOFF.size() || !pause.sleep(waitAfter(failures, e))) {
          throw e;
        }
      }
    }
  }

  /** Not quite the same for all, so that machines which failed together do not come together. */
  private static Duration waitAfter(int failures, SyncException failure) {
    Duration jitter = Duration.ofMillis(ThreadLocalRandom.current().nextLong(JITTER_MS));
    return failure.atLeast(BACKOFF.get(failures - 1)).plus(jitter);
  }

  private void attempt(UUID source, PushCount count) {
    try (Receiver.Connection connection = receiver.connect(source)) {
      Pushed pushed = local.pushed(receiver.key());
      Position position = connection.position(pushed.position());
      long noted = System.nanoTime();
      List<StoredEvent> events = local.after(position, receiver.batchSize());
      while (!events.isEmpty()) {
        position = events.get(events.size() - 1).position();
        FutureTask<List<StoredEvent>> next = local.readAfter(position, receiver.batchSize());
        List<StoredEvent> wanted = live.without(events);
        if (!wanted.isEmpty()) {
          connection.send(wanted, count);
        }
        count.read(wanted.size());
        count.leftOut(events.size() - wanted.size());
        if (!receiver.knowsItsEvents() || System.nanoTime() - noted > NOTE_NANOS) {
          local.note(receiver.key(), pushed.to(position));
          noted = System.nanoTime();
        }
        events = result(next);
      }
      local.note(receiver.key(), pushed.to(position).at(time.instant()));
      connection.finish();
    }
  }

  private static List<StoredEvent> result(FutureTask<List<StoredEvent>> reading) {
    try {
      return reading.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SyncException known
          ? known
          : SyncException.of("the local database cannot be read");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SyncException.of("the push was interrupted");
    }
  }
}
