package dev.autoskill.telemetry.listener;

import dev.autoskill.telemetry.event.TelemetryEvent;

/**
 * Is told of each event that a collector records, for example to count it elsewhere.
 *
 * <p>Listeners are set in code or are services, found by the class loader that has loaded this
 * library. A service is left out if a listener of the same class is set in code. Each listener has
 * a thread of its own, which is started for the first event, so a listener never holds up what
 * records, or another listener. While 65,536 events wait for it, it misses further ones.
 *
 * <p>Whatever it throws is counted as a fault. A listener that has thrown a hundred times, or takes
 * longer than ten seconds for an event, is told of nothing more; the diagnostics name it.
 */
@FunctionalInterface
public interface TelemetryListener {

  /**
   * A collector that records is opened and wants to tell this listener of its events. Called once
   * for each collector, by the thread that opens it, which waits; a listener that throws is left
   * out.
   *
   * @param recording the collector's recording
   * @return whether to be told of its events; if not, the listener gets no thread
   * @throws Exception for any reason
   */
  default boolean opened(Recording recording) throws Exception {
    return true;
  }

  /**
   * An event is recorded: it has its id and its final values, and is being stored. It is the one
   * that reports count, without anything private. Called by one thread at a time.
   *
   * @param event the event
   * @throws Exception for any reason
   */
  void recorded(TelemetryEvent event) throws Exception;

  /**
   * There are no further events: the collector is closed. Called by the listener's thread, unless
   * there was no event. The end of the process is not told.
   *
   * @throws Exception for any reason
   */
  default void closed() throws Exception {}
}
