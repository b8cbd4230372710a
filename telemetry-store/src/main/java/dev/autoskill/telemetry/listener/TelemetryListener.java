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
   * An event is recorded: it has its id and its final values, and is being stored. It is the one
   * that reports count, without anything private. Called by one thread at a time.
   *
   * @param event the event
   * @throws Exception for any reason
   */
  void recorded(TelemetryEvent event) throws Exception;
}
