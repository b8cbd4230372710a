package dev.autoskill.telemetry.recording;

import dev.autoskill.telemetry.error.RecordedEvent;
import java.util.List;

/** Where the ingester puts events. Only its thread calls it. */
public interface EventStore extends AutoCloseable {

  /**
   * The result of storing events.
   *
   * @param added how many were not there before
   * @param refused how many are not there now either, since others demand what they do not have
   */
  record Stored(int added, int refused) {}

  /**
   * Stores all of the events that the store takes or, if it throws, none; storing an event again
   * changes nothing. Does not wait long for others: it is called again.
   *
   * @param events the events, oldest first
   * @return the result
   * @throws StoreException if the events could not be stored; they may be offered again
   */
  Stored store(List<RecordedEvent> events) throws StoreException;

  /**
   * Does one short step of upkeep, of some 50 ms at most. Called between batches, and when there is
   * nothing else to do for as long as more is left. Not called before something was stored.
   *
   * @return whether more is left to do now
   * @throws StoreException if the step failed; it may be tried again
   */
  boolean maintain() throws StoreException;

  /**
   * Lets go of the database, so that others may have it. Does not fail. The next batch opens it
   * again.
   */
  @Override
  void close();
}
