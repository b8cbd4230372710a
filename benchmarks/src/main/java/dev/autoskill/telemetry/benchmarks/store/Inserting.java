package dev.autoskill.telemetry.benchmarks.store;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.sql.SQLException;
import java.util.List;

/** A way to bring events into a database that is not there yet. */
interface Inserting extends AutoCloseable {

  /** Stores a batch, durably. */
  void store(List<TelemetryEvent> events) throws Exception;

  /** Brings what is left to do to its end. */
  default void finish() throws Exception {}

  @Override
  void close() throws SQLException;
}
