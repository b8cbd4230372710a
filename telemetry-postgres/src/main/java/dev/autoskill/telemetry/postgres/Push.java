package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.postgres.EventPush.Pause;
import dev.autoskill.telemetry.postgres.LocalEvents.Pushed;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jdbi.v3.core.Handle;

/**
 * Sends the events that wait in a local database, batch by batch, whether or not that is wanted.
 */
final class Push {

  static final int BATCH = 5_000;

  /** A note costs as much as thousands of events do. */
  private static final long NOTE_NANOS = 1_000_000_000;

  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(60);
  private static final List<Duration> BACKOFF =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          Duration.ofSeconds(8));

  private final LocalEvents local;
  private final RemoteDatabase server;
  private final String target;
  private final EventSender sender;
  private final InstantSource time;
  private final Pause pause;

  Push(LocalEvents local, SyncSettings settings, InstantSource time, Pause pause) {
    this.local = local;
    this.server = new RemoteDatabase(settings.target(), STATEMENT_TIMEOUT);
    this.target = settings.target().key();
    this.sender = new EventSender(server, settings.label());
    this.time = time;
    this.pause = pause;
  }

  /** Does it, once; {@link EventPush#push} tells how. */
  PushResult run(boolean isFull) {
    Pushed begun = local.begin(target);
    if (isFull) {
      local.note(target, begun.to(Position.START));
    }
    int failures = 0;
    while (true) {
      long before = sender.result().read();
      try {
        server.with(this::attempt);
        return sender.result();
      } catch (SyncException e) {
        failures = sender.result().read() > before ? 1 : failures + 1;
        if (!e.isPassing()
            || failures > BACKOFF.size()
            || !pause.sleep(BACKOFF.get(failures - 1))) {
          throw e;
        }
      }
    }
  }

  private boolean attempt(Handle handle) throws SQLException {
    Schema.bringUpToDate(handle);
    Pushed pushed = local.pushed(target);
    // A server that was restored from an older copy knows that it lacks something.
    Position known = handle.attach(PushDao.class).position(pushed.source());
    Position position = Position.earlier(pushed.position(), known);
    long noted = System.nanoTime();
    List<StoredEvent> events = local.after(position, BATCH);
    while (!events.isEmpty()) {
      position = events.get(events.size() - 1).position();
      FutureTask<List<StoredEvent>> next = local.readAfter(position, BATCH);
      sender.send(handle, pushed.source(), events);
      events = result(next);
      if (System.nanoTime() - noted > NOTE_NANOS) {
        local.note(target, pushed.to(position));
        noted = System.nanoTime();
      }
    }
    local.note(target, pushed.to(position).at(time.instant()));
    return true;
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
