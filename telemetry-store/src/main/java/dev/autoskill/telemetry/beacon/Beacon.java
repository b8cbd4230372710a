package dev.autoskill.telemetry.beacon;

import dev.autoskill.telemetry.event.BeaconStats;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends anonymous aggregates: one HTTP GET per event, with everything it says in its URI, and no
 * attention to what is answered.
 *
 * <p>A request carries what every request does (tool, event, version of this library, feature
 * version of Java, family of the operating system) and, by key, the data that may go: finite
 * numbers and short plain words under keys that name no identity. The rest is left out and counted.
 *
 * <p>Nothing of it is the caller's concern: the beacon has a daemon thread of its own, a request
 * that takes longer than 2 s is given up, none is repeated, and while 4 are in flight further ones
 * are dropped and counted. Only a name server that does not answer can hold up the thread for
 * longer, and then only the thread.
 *
 * <p>Safe for use by any number of threads. Whoever opens a beacon asks first whether the user
 * wants one; see {@link dev.autoskill.telemetry.privacy.OptOut}.
 */
public final class Beacon implements AutoCloseable {

  private final RequestWriter writer;
  private final @Nullable Consumer<String> debug;
  private final Tally tally = new Tally();
  private final Courier courier;

  private volatile boolean closed;

  Beacon(URI endpoint, String version, @Nullable Consumer<String> debug, HttpSettings settings) {
    Objects.requireNonNull(endpoint, "endpoint must not be null");
    Objects.requireNonNull(version, "version must not be null");
    if (version.isBlank()) {
      throw new IllegalArgumentException("version must not be blank");
    }
    this.writer =
        new RequestWriter(Endpoint.requireEndpoint(endpoint.toString(), "endpoint"), version);
    this.debug = debug;
    this.courier = new Courier(settings);
  }

  /**
   * Opens a beacon. Starts nothing: the thread and the HTTP client come into being with the first
   * request, and go when there has been none for a while.
   *
   * @param endpoint where requests go; its query, if it has one, is kept, its fragment is not
   * @param version this library's version; not blank
   * @param debug if not null, it gets what would be sent, as one line (the request's URI), on the
   *     caller's thread, and nothing is ever sent
   * @return the beacon
   * @throws NullPointerException if {@code endpoint} or {@code version} is null
   * @throws IllegalArgumentException if {@code endpoint} is not as {@link Endpoint#requireEndpoint}
   *     demands, or {@code version} is blank
   */
  public static Beacon open(URI endpoint, String version, @Nullable Consumer<String> debug) {
    return new Beacon(endpoint, version, debug, HttpSettings.DEFAULT);
  }

  /**
   * Sends an event, some time soon, or drops it. Never throws, never waits, and does no more on the
   * caller's thread than to copy the map's first 32 entries; those after them are left out.
   *
   * @param event what happened, for example {@code report}: at most 64 of {@code A-Za-z0-9._-}, and
   *     no id and no IP address; otherwise nothing is sent
   * @param data aggregates; only entries that may go are sent, however many others there are
   */
  public void send(String event, Map<String, ?> data) {
    if (closed) {
      tally.countDropped();
    } else if (debug != null) {
      show(event, data, debug);
    } else {
      dispatch(event, data);
    }
  }

  private void show(String event, Map<String, ?> data, Consumer<String> output) {
    try {
      RequestWriter.Request request = writer.write(event, DataSnapshot.of(data));
      tally.countLeftOut(request.leftOut());
      if (request.uri() != null) {
        output.accept(request.uri());
      }
    } catch (Throwable fault) {
      tally.countFailed();
    }
  }

  private void dispatch(String event, Map<String, ?> data) {
    if (!tally.enter()) {
      tally.countDropped();
      return;
    }
    Delivery delivery = null;
    try {
      delivery = new Delivery(tally, courier, writer, event, DataSnapshot.of(data));
      courier.execute(delivery);
    } catch (Throwable fault) {
      // No memory, no stack or no thread left.
      if (delivery == null) {
        tally.countFailed();
        tally.leave();
      } else {
        delivery.fail();
      }
    }
  }

  /**
   * What became of the requests so far.
   *
   * @return the counts; exact while nothing is in flight
   */
  public BeaconStats stats() {
    return tally.stats();
  }

  /**
   * Stops accepting requests and does not wait for those in flight; the thread ends after them.
   * Closing again does nothing.
   */
  @Override
  public void close() {
    closed = true;
    courier.close();
  }

  /** For tests: waits until nothing is in flight, and says whether that is so. */
  boolean awaitQuiescence(Duration timeout) throws InterruptedException {
    return tally.awaitQuiescence(timeout);
  }
}
