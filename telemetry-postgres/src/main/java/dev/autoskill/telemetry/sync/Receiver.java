package dev.autoskill.telemetry.sync;

import java.util.List;
import java.util.UUID;

/** Where events are pushed to. */
public interface Receiver {

  /** {@return the address as it may be shown, without anything secret} */
  String name();

  /** {@return what tells this receiver apart from others in the local database} */
  String key();

  /** {@return how many events are handed over at once, at most} */
  int batchSize();

  /**
   * {@return whether it leaves out events that it has already; if not, how far a push came is noted
   * after each batch}
   */
  boolean knowsItsEvents();

  /**
   * {@return whether programs may send it the same uses as spans while they happen, so that a push
   * leaves out those}
   */
  default boolean takesLiveSpans() {
    return false;
  }

  /**
   * Prepares an attempt.
   *
   * @param source stands for the local database
   * @return the attempt
   * @throws SyncException if the receiver cannot be reached, or refuses
   */
  Connection connect(UUID source);

  /** An attempt to hand over events. For one thread. */
  interface Connection extends AutoCloseable {

    /**
     * {@return where to go on: as noted locally, or before that if the receiver knows that it lacks
     * events}
     *
     * @param noted the place up to which events were pushed, as the local database has it
     * @throws SyncException if the receiver does not do its part
     */
    Position position(Position noted);

    /**
     * Hands over events, and returns when the receiver has them.
     *
     * @param events in the order of their places
     * @param count is told how many were new, and how many were refused
     * @throws SyncException if the receiver does not do its part
     */
    void send(List<StoredEvent> events, PushCount count);

    /** Is told that all events that waited were handed over, and how far that came is noted. */
    default void finish() {}

    /**
     * Ends the attempt.
     *
     * @throws SyncException if the receiver does not do its part
     */
    @Override
    void close();
  }
}
