package dev.autoskill.telemetry.sync;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryDiagnostics;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.OptOut;
import dev.autoskill.telemetry.sync.LocalEvents.Pushed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies the events of a local database to a receiver. How far that came stands in the local
 * database, and moves on only when the receiver has taken the events; where it is lost or rowids
 * were given anew, all events are sent again.
 *
 * <p>Nothing is sent, and no connection is made, where telemetry or sending is off.
 *
 * <p>Not for use by several threads at once; several processes may push the same database.
 */
public final class EventPush {

  private static final Duration SPOOL_TIMEOUT = Duration.ofSeconds(20);

  private final TelemetryCollector telemetry;
  private final Environment environment;
  private final Receiver receiver;
  private final InstantSource time;
  private final Pause pause;

  /** A wait before the next attempt. */
  @FunctionalInterface
  public interface Pause {

    /**
     * Waits.
     *
     * @param time how long
     * @return whether to try again; false if the push is to end
     */
    boolean sleep(Duration time);
  }

  /**
   * Prepares a push; connects to nothing yet.
   *
   * @param telemetry the collector whose database is pushed; stays the caller's to close
   * @param environment may opt out
   * @param receiver where to
   * @param time tells when a push ended
   * @param pause waits before an attempt is repeated
   */
  public EventPush(
      TelemetryCollector telemetry,
      Environment environment,
      Receiver receiver,
      InstantSource time,
      Pause pause) {
    this.telemetry = Objects.requireNonNull(telemetry, "telemetry must not be null");
    this.environment = Objects.requireNonNull(environment, "environment must not be null");
    this.receiver = Objects.requireNonNull(receiver, "receiver must not be null");
    this.time = Objects.requireNonNull(time, "time must not be null");
    this.pause = Objects.requireNonNull(pause, "pause must not be null");
  }

  /** {@return why nothing may be sent, in plain words; null if it may} */
  public @Nullable String whyOff() {
    TelemetryDiagnostics diagnostics = telemetry.diagnostics();
    boolean isOn = diagnostics.isRecording() && OptOut.decision(environment, false).allowsSending();
    return isOn ? null : diagnostics.why();
  }

  /**
   * Sends the events that wait, batch by batch. If the server cannot be reached, it is tried again,
   * at longer and longer intervals.
   *
   * @param isFull whether all events are sent again, for a server that has lost some
   * @return what was sent
   * @throws SyncException if sending is off, or if the server or the local database did not do its
   *     part; what was sent before that stays sent
   */
  public PushResult push(boolean isFull) {
    String off = whyOff();
    if (off != null) {
      throw SyncException.of("nothing is sent: telemetry is " + off);
    }
    return new Push(open(), receiver, time, pause).run(isFull);
  }

  /**
   * Passes on the events that the next push would send, in their order. Connects to nothing, and
   * may lack events that only the server knows to be missing there.
   *
   * @param isFull whether the push would send all events again
   * @param consumer gets the events; what it throws comes through
   * @return the counts of that push as far as they are known: how many events would be sent, and
   *     how many left out
   * @throws SyncException if the local database cannot be read
   */
  public PushResult forEachWaiting(boolean isFull, Consumer<PushedEvent> consumer) {
    LocalEvents local = open();
    LiveEvents live = local.live(receiver);
    PushCount count = new PushCount();
    Position position = isFull ? Position.START : local.pushed(receiver.key()).position();
    List<StoredEvent> events = local.after(position, receiver.batchSize());
    while (!events.isEmpty()) {
      List<StoredEvent> wanted = live.without(events);
      wanted.forEach(stored -> consumer.accept(stored.event()));
      count.read(wanted.size());
      count.leftOut(events.size() - wanted.size());
      events = local.after(events.get(events.size() - 1).position(), receiver.batchSize());
    }
    return count.result();
  }

  /**
   * {@return how far the local database was pushed; connects to nothing}
   *
   * @throws SyncException if the local database cannot be read
   */
  public PushStatus status() {
    LocalEvents local = open();
    Pushed pushed = local.pushed(receiver.key());
    long[] counts = local.counts(pushed.position());
    return new PushStatus(counts[0] - counts[1], counts[1], pushed.pushedAt());
  }

  /** The local database, with all that waits in spools. */
  private LocalEvents open() {
    if (telemetry.diagnostics().database() == null) {
      throw SyncException.of("there is no home directory, and so no database");
    }
    telemetry.flush(SPOOL_TIMEOUT);
    return new LocalEvents(telemetry.diagnostics().database());
  }
}
