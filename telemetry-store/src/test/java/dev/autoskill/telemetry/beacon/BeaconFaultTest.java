package dev.autoskill.telemetry.beacon;

import static dev.autoskill.telemetry.beacon.RawServer.NO_CONTENT;
import static dev.autoskill.telemetry.beacon.TestBeacons.LONG;
import static dev.autoskill.telemetry.beacon.TestBeacons.SHORT;
import static dev.autoskill.telemetry.beacon.TestBeacons.assertEnds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.BeaconStats;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that misbehave. */
@Timeout(120)
class BeaconFaultTest {

  private static final BeaconStats ONE_FAILED = new BeaconStats(0, 1, 0, 0);
  private static final BeaconStats ONE_SENT = new BeaconStats(1, 0, 0, 0);

  @Test
  void countsARefusedConnection() throws Exception {
    URI nobody;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      nobody = URI.create("http://127.0.0.1:" + gone.getLocalPort());
    }
    try (Beacon beacon = TestBeacons.open(nobody)) {
      beacon.send("report", Map.of());

      assertEnds(beacon, ONE_FAILED);
    }
  }

  @Test
  void doesNotRepeatARequestWhoseConnectionIsReset() throws Exception {
    assertAskedOnce(
        connection -> {
          connection.setSoLinger(true, 0);
          connection.close();
        });
  }

  @Test
  void doesNotRepeatARequestWhoseConnectionEnds() throws Exception {
    assertAskedOnce(Socket::close);
  }

  @Test
  void doesNotRepeatARequestThatIsAnsweredWithNonsense() throws Exception {
    assertAskedOnce(
        connection -> {
          RawServer.write(connection, "220 mail.example ESMTP\r\n");
          connection.close();
        });
  }

  private static void assertAskedOnce(RawServer.Behaviour behaviour) throws Exception {
    try (RawServer server = new RawServer(behaviour);
        Beacon beacon = TestBeacons.open(server.uri("/"))) {
      beacon.send("report", Map.of());

      assertEnds(beacon, ONE_FAILED);
      assertEquals(1, server.requests.size());
    }
  }

  @Test
  void doesNotRepeatARequestWhoseKeptConnectionTurnsOutToBeDead() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                connection -> {
                  if (answered.getCount() == 0) {
                    connection.close();
                  } else {
                    answered.countDown();
                    RawServer.write(connection, NO_CONTENT);
                  }
                });
        Beacon beacon = TestBeacons.open(server.uri("/"))) {
      beacon.send("report", Map.of());
      assertEnds(beacon, ONE_SENT);
      beacon.send("report", Map.of());

      assertEnds(beacon, new BeaconStats(1, 1, 0, 0));
      assertEquals(2, server.requests.size());
    }
  }

  @Test
  void givesUpAServerThatNeverAnswers() throws Exception {
    assertGivenUp(connection -> {});
  }

  @Test
  void givesUpAServerThatAnswersLetterByLetter() throws Exception {
    assertGivenUp(
        connection -> {
          RawServer.write(connection, "HTTP/1.1 200 OK\r\nX-Drip: ");
          drip(connection, "x");
        });
  }

  /** The JDK's client ends such an exchange itself, and is slow to end its connection. */
  @Test
  void givesUpAServerThatOnlyEverPromises() throws Exception {
    try (RawServer server =
            new RawServer(connection -> drip(connection, "HTTP/1.1 102 Processing\r\n\r\n"));
        Beacon beacon = TestBeacons.open(server.uri("/"), SHORT, LONG)) {
      beacon.send("report", Map.of());

      assertEnds(beacon, ONE_FAILED);
      server.next();
      assertEquals(0, server.requests.size());
    }
  }

  @Test
  void givesUpAServerThatNeverShakesHands() throws Exception {
    try (RawServer server = RawServer.answering(NO_CONTENT);
        Beacon beacon =
            TestBeacons.open(URI.create("https://127.0.0.1:" + server.port()), SHORT, LONG)) {
      beacon.send("report", Map.of());

      assertEnds(beacon, ONE_FAILED);
      assertTrue(server.awaitEndOfConnection(), "the connection was kept");
    }
  }

  private static void assertGivenUp(RawServer.Behaviour behaviour) throws Exception {
    try (RawServer server = new RawServer(behaviour);
        Beacon beacon = TestBeacons.open(server.uri("/"), SHORT, LONG)) {
      beacon.send("report", Map.of());

      assertEnds(beacon, ONE_FAILED);
      assertTrue(server.awaitEndOfConnection(), "the connection was kept");
      assertEquals(1, server.requests.size());
    }
  }

  @Test
  void doesNotReadABodyThatNeverEnds() throws Exception {
    assertUnread(
        connection -> {
          while (true) {
            RawServer.write(connection, "x".repeat(1024));
          }
        });
  }

  @Test
  void doesNotWaitForABodyThatDrips() throws Exception {
    assertUnread(connection -> drip(connection, "x"));
  }

  @Test
  void doesNotWaitForABodyThatNeverComes() throws Exception {
    assertUnread(connection -> {});
  }

  private static void assertUnread(RawServer.Behaviour body) throws Exception {
    try (RawServer server =
            new RawServer(
                connection -> {
                  RawServer.write(
                      connection, "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n");
                  body.answer(connection);
                });
        Beacon beacon = TestBeacons.open(server.uri("/"))) {
      beacon.send("report", Map.of());

      assertEnds(beacon, ONE_SENT);
      assertTrue(server.awaitEndOfConnection(), "the connection was kept");
    }
  }

  @Test
  void needsNoneOfTheThreadsThatTheProgramShares() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    for (int i = 0; i < 2 * ForkJoinPool.getCommonPoolParallelism(); i++) {
      ForkJoinPool.commonPool().execute(() -> awaitQuietly(release));
    }
    try (RawServer answering = RawServer.answering(NO_CONTENT);
        RawServer silent = new RawServer(connection -> {});
        Beacon answered = TestBeacons.open(answering.uri("/"));
        Beacon unanswered = TestBeacons.open(silent.uri("/"), SHORT, LONG)) {
      answered.send("report", Map.of());
      unanswered.send("report", Map.of());

      assertEnds(answered, ONE_SENT);
      assertEnds(unanswered, ONE_FAILED);
      assertTrue(silent.awaitEndOfConnection(), "the connection was kept");
    } finally {
      release.countDown();
    }
  }

  private static void drip(Socket connection, String drop) throws Exception {
    while (true) {
      RawServer.write(connection, drop);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
