package dev.autoskill.telemetry.sync;

import dev.autoskill.telemetry.listener.LiveSpans;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out of a push the events whose spans programs send as they happen, if the receiver would
 * have them twice.
 */
final class LiveEvents {

  /** Null: the receiver gets nothing from programs. */
  private final @Nullable Path database;

  /** Fails at once if the note cannot be read. */
  LiveEvents(Receiver receiver, Path database) {
    this.database = receiver.takesLiveSpans() ? database : null;
    since();
  }

  /**
   * {@return the events that are to be sent} Looks at the note each time, since a program may begin
   * to send spans during a push.
   *
   * @throws SyncException if the note cannot be read
   */
  List<StoredEvent> without(List<StoredEvent> events) {
    Instant since = since();
    return since == null
        ? events
        : events.stream().filter(stored -> stored.event().timestamp().isBefore(since)).toList();
  }

  private @Nullable Instant since() {
    try {
      return database == null ? null : LiveSpans.since(database);
    } catch (IOException e) {
      throw SyncException.of(
          "nothing is sent: %s does not tell since when spans are sent live"
              .formatted(LiveSpans.file(database)));
    }
  }
}
