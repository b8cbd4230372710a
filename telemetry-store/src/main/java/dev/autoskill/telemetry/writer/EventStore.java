package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.util.List;

/** Where the writer thread puts events. Only that thread calls it. */
public interface EventStore extends AutoCloseable {

  /**
   * Stores all of the events or, if it throws, none; storing an event again changes nothing.
   *
   * @param events the events, oldest first
   * @throws Exception if the events could not be stored; they may be offered again
   */
  void store(List<TelemetryEvent> events) throws Exception;

  /** Lets go of what the store holds. Does not fail. */
  @Override
  void close();
}
