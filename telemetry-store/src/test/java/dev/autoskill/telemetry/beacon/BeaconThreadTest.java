package dev.autoskill.telemetry.beacon;

import static dev.autoskill.telemetry.beacon.RawServer.NO_CONTENT;
import static dev.autoskill.telemetry.beacon.TestBeacons.LONG;
import static dev.autoskill.telemetry.beacon.TestBeacons.assertEnds;
import static dev.autoskill.telemetry.beacon.TestBeacons.threads;
import static dev.autoskill.telemetry.beacon.TestBeacons.without;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.BeaconStats;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The work of a beacon on its callers' threads, and on its own. */
@Timeout(120)
class BeaconThreadTest {

  private static final String OWN = Beacon.THREAD_NAME;
  private static final String CLIENT = "HttpClient-";

  @Test
  void startsNothingBeforeTheFirstRequestAndDaemonsThen() throws Exception {
    Set<Thread> before = threads("");
    ClassLoader callers = Thread.currentThread().getContextClassLoader();
    try (RawServer server = RawServer.answering(NO_CONTENT);
        URLClassLoader unloadable = new URLClassLoader(new URL[0]);
        Beacon beacon = TestBeacons.open(server.uri("/"))) {
      assertEquals(Set.of(), without(threads(OWN), before));
      assertEquals(Set.of(), without(threads(CLIENT), before));

      Thread.currentThread().setContextClassLoader(unloadable);
      beacon.send("report", Map.of());
      Thread.currentThread().setContextClassLoader(callers);
      assertEnds(beacon, new BeaconStats(1, 0, 0, 0));

      Thread own = only(without(threads(OWN), before));
      assertTrue(own.isDaemon());
      assertSame(Beacon.class.getClassLoader(), own.getContextClassLoader());
      for (Thread clients : without(threads(CLIENT), before)) {
        assertTrue(clients.isDaemon());
        assertNotSame(unloadable, clients.getContextClassLoader());
      }
    } finally {
      Thread.currentThread().setContextClassLoader(callers);
    }
  }

  @Test
  void dropsRequestsWhileFourAreInFlightWithoutWaitingForThem() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (RawServer server = holding(release);
        Beacon beacon = TestBeacons.open(server.uri("/"))) {
      beacon.send("report", Map.of());
      server.next();
      for (int i = 1; i < 100; i++) {
        beacon.send("report", Map.of());
      }

      assertEquals(new BeaconStats(0, 0, 96, 0), beacon.stats());
      assertEquals(1, release.getCount());
      release.countDown();
      assertEnds(beacon, new BeaconStats(4, 0, 96, 0));
      beacon.send("report", Map.of());
      assertEnds(beacon, new BeaconStats(5, 0, 96, 0));
    }
  }

  @Test
  void countsEveryRequestOfManyThreads() throws Exception {
    int callers = 8;
    int each = 200;
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try (RawServer server = RawServer.answering(NO_CONTENT);
        Beacon beacon = TestBeacons.open(server.uri("/"))) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        running.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < each; n++) {
                    beacon.send("report", Map.of("uses", n));
                  }
                }));
      }
      for (Future<?> caller : running) {
        caller.get();
      }

      long accepted = callers * each - beacon.stats().dropped();
      assertEnds(beacon, new BeaconStats(accepted, 0, callers * each - accepted, 0));
      assertEquals(accepted, server.requests.size());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void leavesAnInterruptAlone() throws Exception {
    try (RawServer server = RawServer.answering(NO_CONTENT);
        Beacon beacon = TestBeacons.open(server.uri("/"))) {
      Thread.currentThread().interrupt();
      beacon.send("report", Map.of());

      assertTrue(Thread.interrupted());
      assertEnds(beacon, new BeaconStats(1, 0, 0, 0));
    }
  }

  @Test
  void closesWithoutWaitingAndLetsItsThreadEnd() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Set<Thread> before = threads(OWN);
    try (RawServer server = holding(release)) {
      Beacon beacon = TestBeacons.open(server.uri("/"));
      beacon.send("report", Map.of());
      server.next();
      Thread own = only(without(threads(OWN), before));
      beacon.close();
      beacon.close();
      beacon.send("report", Map.of());

      assertEquals(new BeaconStats(0, 0, 1, 0), beacon.stats());
      assertEquals(1, release.getCount());
      release.countDown();
      assertEnds(beacon, new BeaconStats(1, 0, 1, 0));
      own.join(LONG.toMillis());
      assertFalse(own.isAlive());
    }
  }

  @Test
  void closesWithoutEverHavingSent() {
    Set<Thread> before = threads(OWN);
    Beacon beacon = TestBeacons.open(URI.create("http://127.0.0.1:1"));
    beacon.close();

    assertEquals(new BeaconStats(0, 0, 0, 0), beacon.stats());
    assertEquals(Set.of(), without(threads(OWN), before));
  }

  @Test
  void letsItsThreadAndItsClientGoWhenIdleAndStartsOthersWhenNeeded() throws Exception {
    Set<Thread> before = threads("");
    CountDownLatch release = new CountDownLatch(1);
    try (RawServer server = holding(release);
        Beacon beacon = TestBeacons.open(server.uri("/"), LONG, Duration.ofMillis(20))) {
      beacon.send("report", Map.of());
      server.next();
      Thread own = only(without(threads(OWN), before));
      release.countDown();
      own.join(LONG.toMillis());
      assertFalse(own.isAlive());

      Set<Thread> soFar = threads("");
      beacon.send("report", Map.of());
      assertEnds(beacon, new BeaconStats(2, 0, 0, 0));
      assertFalse(without(threads(CLIENT), soFar).isEmpty());
    }
  }

  /** A class that is not named in another one's file cannot be loaded by it. */
  @ParameterizedTest
  @ValueSource(classes = {AllowList.class, Beacon.class, BeaconStats.class, Endpoint.class})
  void onlyItsOwnThreadLoadsTheHttpClient(Class<?> usedByCallers) throws Exception {
    try (InputStream file =
        usedByCallers.getResourceAsStream(usedByCallers.getSimpleName() + ".class")) {
      String names = new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
      assertFalse(names.contains("java/net/http"), usedByCallers.getName());
    }
  }

  private static RawServer holding(CountDownLatch release) throws Exception {
    return new RawServer(
        connection -> {
          release.await();
          RawServer.write(connection, NO_CONTENT);
        });
  }

  private static Thread only(Set<Thread> threads) {
    assertEquals(1, threads.size(), threads.toString());
    return threads.iterator().next();
  }
}
