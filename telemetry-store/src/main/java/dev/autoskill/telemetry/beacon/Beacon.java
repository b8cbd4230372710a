package dev.autoskill.telemetry.beacon;

import dev.autoskill.telemetry.event.BeaconStats;
import dev.autoskill.telemetry.event.DetachedThread;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends anonymous aggregates, one HTTP GET per event with all data in its URI, and ignores the
 * responses. The caller asks first whether the user allows that.
 *
 * <p>Requests go out one after the other, on a daemon thread that ends when it has been idle. One
 * that takes too long is cancelled, and none is repeated. While 3 are waiting, further ones are
 * dropped. Safe for use by any number of threads.
 */
public final class Beacon implements AutoCloseable {

  static final String THREAD_NAME = "autoskill-telemetry-beacon";

  private static final int MAX_WAITING = 3;
  private static final int MAX_ENTRIES = 32;

  private final URI endpoint;
  private final String version;
  private final Set<String> agents;
  private final @Nullable Consumer<String> debug;
  private final Duration limit;
  private final ThreadPoolExecutor thread;
  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder leftOut = new LongAdder();
  private volatile @Nullable HttpSender sender;

  /**
   * Makes a beacon. Starts no thread before the first request.
   *
   * @param endpoint where requests go, as {@link Endpoint} demands; its fragment is dropped
   * @param version this library's version
   * @param agents the ids of agents that may be sent; all others are {@code other}
   * @param debug if not null, it gets the URIs without the endpoint's own query, which may hold a
   *     key, on the caller's thread, and nothing is ever sent
   * @param limit how long a request may take
   * @param idle how long an unused thread stays
   */
  public Beacon(
      URI endpoint,
      String version,
      Set<String> agents,
      @Nullable Consumer<String> debug,
      Duration limit,
      Duration idle) {
    Objects.requireNonNull(endpoint, "endpoint must not be null");
    URI checked = Endpoint.requireEndpoint(endpoint.toString(), "endpoint");
    this.endpoint = debug == null ? checked : Endpoint.withoutQuery(checked);
    this.version = Objects.requireNonNull(version, "version must not be null");
    this.agents = Set.copyOf(agents);
    this.debug = debug;
    this.limit = limit;
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            idle.toNanos(),
            TimeUnit.NANOSECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            work ->
                DetachedThread.of(
                    THREAD_NAME,
                    () -> {
                      work.run();
                      sender = null; // when unreachable, a client ends with its threads
                    }));
    thread.allowCoreThreadTimeOut(true);
    // Initialises classes here, since a caller's stack may be nearly exhausted.
    request("prepare", Map.of("count", 1));
  }

  /**
   * Sends an event in the background, or drops it. Never throws and never waits.
   *
   * @param event the kind of event: at most 64 of {@code A-Za-z0-9._-}, without an id or address
   * @param data aggregates; what the allow-list refuses and all after 32 entries is left out
   */
  public void send(String event, Map<String, ?> data) {
    if (thread.isShutdown() || thread.getQueue().remainingCapacity() == 0) {
      dropped.increment();
      return;
    }
    try {
      String uri = request(event, data);
      if (uri != null && debug != null) {
        debug.accept(uri);
      } else if (uri != null) {
        thread.execute(() -> exchange(uri));
      }
    } catch (RejectedExecutionException full) {
      dropped.increment();
    } catch (Throwable fault) {
      failed.increment(); // no memory, stack or thread is left, or the debug output fails
    }
  }

  private @Nullable String request(@Nullable String event, @Nullable Map<?, ?> data) {
    if (!AllowList.allowsEvent(event)) {
      leftOut.increment();
      return null;
    }
    Map<String, String> allowed = new TreeMap<>();
    try {
      int entries = 0;
      for (Map.Entry<?, ?> entry : Objects.requireNonNull(data).entrySet()) {
        if (++entries > MAX_ENTRIES) {
          leftOut.add(Math.max(1, (long) data.size() - MAX_ENTRIES));
          break;
        }
        Object key = entry.getKey();
        String text = AllowList.textOf(key, entry.getValue(), agents);
        if (text == null) {
          leftOut.increment();
        } else {
          allowed.put((String) key, text);
        }
      }
    } catch (Throwable fault) {
      leftOut.increment(); // maps may throw anything
    }
    StringBuilder uri = new StringBuilder(Endpoint.request(endpoint, event, version));
    allowed.forEach((key, text) -> uri.append('&').append(key).append('=').append(text));
    return uri.toString();
  }

  private void exchange(String uri) {
    try {
      HttpSender known = sender;
      HttpSender current = known == null ? new HttpSender() : known;
      sender = current;
      current.send(uri, limit);
      sent.increment();
    } catch (Throwable fault) {
      failed.increment();
    }
  }

  /** {@return the counts of the requests so far} */
  public BeaconStats stats() {
    return new BeaconStats(sent.sum(), failed.sum(), dropped.sum(), leftOut.sum());
  }

  /** Stops accepting requests, and does not wait for those in flight. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
