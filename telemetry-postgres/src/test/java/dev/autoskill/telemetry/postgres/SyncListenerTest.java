package dev.autoskill.telemetry.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.sync.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Collectors that push by themselves, at shorter intervals than usual. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SyncListenerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String TO = "AUTO_SKILL_TELEMETRY_SYNC_TO";
  private static final Instant YESTERDAY =
      Instant.ofEpochMilli(Store.NOW).minus(Duration.ofDays(1));
  private static final String SECRET = "open-sesame";

  @TempDir Path home;
  private Store store;
  private ServerSocket silent;

  /** A server that takes connections and never answers. */
  @BeforeEach
  void listen() throws IOException {
    store = new Store(home);
    silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    store.variables.put(TO, address(silent.getLocalPort()));
  }

  @AfterEach
  void everyThreadEnds() throws Exception {
    silent.close();
    for (Thread thread : threads()) {
      thread.join(PATIENCE.toMillis());
      assertFalse(thread.isAlive(), "the thread ends");
    }
  }

  private TelemetryCollector open(TelemetryConfig.Builder config) {
    return store.open(config, new SyncListener(Duration.ofMillis(10)));
  }

  private static String address(int port) {
    return "jdbc:postgresql://me:%s@localhost:%d/events".formatted(SECRET, port);
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("autoskill-telemetry-sync"))
        .toList();
  }

  /** If anything is to push, its thread runs afterwards. */
  private static void record(TelemetryCollector telemetry) {
    telemetry.recordEvent(SkillUse.of("skill"));
    assertTrue(telemetry.flush(PATIENCE));
  }

  private static void awaitTrouble(TelemetryCollector telemetry, String trouble) {
    while (telemetry.diagnostics().troubles().stream().noneMatch(each -> each.equals(trouble))) {
      Thread.onSpinWait(); // The test has a time limit.
    }
  }

  @Test
  void aServerThatIsAwayGetsTheEventsWhenItIsBackAndRetentionWaits() throws Exception {
    store.record(500, 1); // All of them are too old.
    try (Server server = Server.in(home.resolve("server"))) {
      String address = server.database();
      server.stop();
      store.variables.put(TO, address);

      try (TelemetryCollector telemetry =
          open(TelemetryConfig.builder().retention(Duration.ofDays(1)))) {
        record(telemetry);
        String name = PostgresTarget.of(address, null).name();
        awaitTrouble(
            telemetry,
            "a push failed: %s: the server cannot be reached, or the connection broke (SQLSTATE 08001)"
                .formatted(name));
        assertTrue(telemetry.stats().faults() > 0);

        server.restart();
        Server.awaitEvents(address, 501);
        awaitOldEvents(telemetry, 0);
      }
    }
  }

  /** As where the command pushes from time to time, and the program has no server. */
  @ParameterizedTest
  @CsvSource({"29, 500", "31, 0"})
  void retentionWaitsForTheServerThatTheDatabaseWasPushedToLately(int days, int left)
      throws Exception {
    store.variables.remove(TO);
    store.record(500, 1);
    store.push(Server.shared().database());
    store.record(499, 2);
    Instant pushed = Instant.ofEpochMilli(Store.NOW).minus(Duration.ofDays(days));
    store.sql("UPDATE autoskill_java_pushed SET pushed_at = '" + pushed + "'");

    try (TelemetryCollector telemetry =
        open(TelemetryConfig.builder().retention(Duration.ofDays(1)))) {
      awaitOldEvents(telemetry, left); // The last one that was pushed stays, too.
    }
  }

  /** Of the events that are too old, retention leaves no more than so many, and no less. */
  private void awaitOldEvents(TelemetryCollector telemetry, long left) {
    long found = Long.MAX_VALUE;
    while (found > left) {
      record(telemetry); // Retention runs when there is something to store.
      store.minutes++;
      found =
          telemetry.getEvents(null, 100_000).stream()
              .filter(event -> event.timestamp().isBefore(YESTERDAY))
              .count();
    }
    assertEquals(left, found);
  }

  @Test
  void closingDoesNotWaitForAServerThatNeverAnswers() throws Exception {
    try (TelemetryCollector telemetry = open(TelemetryConfig.builder())) {
      record(telemetry);
      try (Socket connection = silent.accept()) {
        assertTrue(threads().get(0).isDaemon(), "the end of the process does not wait either");
        // Nor does anybody else: no lock is held meanwhile.
        store.sql("PRAGMA busy_timeout = 5000", "BEGIN EXCLUSIVE", "COMMIT");

        assertTimeout(Duration.ofSeconds(2), telemetry::close);

        assertTrue(connection.isConnected());
        assertEquals(1, threads().size(), "it still waits");
      }
    }
  }

  @Test
  void ofTwoCollectorsOneHasTheDatabasePushed() throws Exception {
    TelemetryCollector first = open(TelemetryConfig.builder());
    try (TelemetryCollector second = open(TelemetryConfig.builder())) {
      record(first);
      Socket connection = silent.accept();
      record(second);
      silent.setSoTimeout(100);
      assertThrows(SocketTimeoutException.class, silent::accept);

      first.close();
      connection.close();

      silent.setSoTimeout((int) PATIENCE.toMillis());
      silent.accept().close();
      assertEquals(1, threads().size());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO_SKILL_NO_TELEMETRY, 1",
    "DO_NOT_TRACK, 1",
    "CI, true",
    "AUTO_SKILL_TELEMETRY, local",
    "AUTO_SKILL_TELEMETRY_DEBUG, 1"
  })
  void whoeverSaysNoWins(String variable, String value) {
    store.variables.put(variable, value);

    assertNothingPushes();
  }

  @Test
  void testsPushOnlyIfAPropertyAsksForIt() throws IOException {
    store.properties.put("autoskill.telemetry.tests", "true");
    assertNothingPushes();

    store.properties.put("autoskill.telemetry.sync-to", store.variables.get(TO));
    try (TelemetryCollector telemetry = open(TelemetryConfig.builder())) {
      record(telemetry);
      silent.accept().close();
    }
  }

  @Test
  void withoutAServerNothingPushes() {
    store.variables.remove(TO);

    assertNothingPushes();
  }

  @Test
  void aCollectorOfSpansIsForTheCommand() {
    store.variables.put(TO, "otlp:http://localhost:" + silent.getLocalPort());

    assertNothingPushes();
  }

  private void assertNothingPushes() {
    try (TelemetryCollector telemetry = open(TelemetryConfig.builder())) {
      record(telemetry);
      assertEquals(List.of(), threads());
      assertEquals(List.of(), telemetry.diagnostics().troubles());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgresql://me:%s@localhost:1/x | a push failed: jdbc:postgresql://localhost:1/x:"
            + " the server cannot be reached, or the connection broke (SQLSTATE 08001)",
        "postgresql://me:%s@localhost/x | nothing is pushed: sync-to is no address of a PostgreSQL"
            + " server"
      })
  void theDiagnosticsNameTheTroubleWithoutThePassword(String address, String trouble) {
    store.variables.put(TO, address.formatted(SECRET));

    try (TelemetryCollector telemetry = open(TelemetryConfig.builder())) {
      record(telemetry);
      awaitTrouble(telemetry, trouble);

      assertEquals(1, telemetry.stats().faults());
      String told = telemetry.diagnostics().toString() + telemetry.stats();
      assertFalse(told.contains(SECRET), told);
    }
  }

  @Test
  void aSettingsFileThatOthersMayReadIsNamed() throws IOException {
    store.variables.remove(TO);
    Path file = home.resolve(".claude/auto-skill/telemetry.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "sync-to=" + address(1));

    try (TelemetryCollector telemetry = open(TelemetryConfig.builder())) {
      record(telemetry);

      String told = telemetry.diagnostics().troubles().toString();
      assertTrue(told.startsWith("[nothing is pushed: the settings file must be readable"), told);
      assertFalse(told.contains(SECRET), told);
    }
  }
}
