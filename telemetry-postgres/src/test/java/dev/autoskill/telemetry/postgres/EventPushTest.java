package dev.autoskill.telemetry.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.listener.LiveSpans;
import dev.autoskill.telemetry.sync.EventPush;
import dev.autoskill.telemetry.sync.PushResult;
import dev.autoskill.telemetry.sync.PushStatus;
import dev.autoskill.telemetry.sync.PushedEvent;
import dev.autoskill.telemetry.sync.Store;
import dev.autoskill.telemetry.sync.SyncException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventPushTest {

  private static final String COUNT = "SELECT COUNT(*) FROM skill_telemetry";

  @TempDir Path home;
  private Store store;
  private String server;

  @BeforeEach
  void makeDatabases() throws Exception {
    store = new Store(home);
    server = Server.shared().database();
  }

  @Test
  void everyEventArrivesOnce() throws Exception {
    store.record(5_000, 1);

    PushResult first = store.push(server);
    assertEquals(new PushResult(5_000, 5_000, 0, 0, Map.of()), first);
    assertEquals(new PushResult(0, 0, 0, 0, Map.of()), store.push(server));

    store.record(10, 2);
    assertEquals(new PushStatus(5_000, 10, Instant.ofEpochMilli(Store.NOW)), store.status(server));
    assertEquals(10, store.push(server).added());
    assertEquals(5_010, Server.number(server, COUNT));
    assertEquals(1, Server.number(server, "SELECT COUNT(DISTINCT source) FROM skill_telemetry"));
  }

  @Test
  void eventsArriveAlsoWhereProgramsSendTheirSpans() throws Exception {
    store.record(20, 1);
    LiveSpans.note(store.file, Instant.EPOCH);

    assertEquals(new PushResult(20, 20, 0, 0, Map.of()), store.push(server));
    assertEquals(20, Server.number(server, COUNT));
  }

  /** The server of the tests has no TLS. */
  @Test
  void theOptionsOfTheAddressReachTheDriver() {
    store.record(3, 1);

    SyncException thrown =
        assertThrows(SyncException.class, () -> store.push(server + "&sslmode=require"));

    assertTrue(
        thrown
            .getMessage()
            .endsWith("the server cannot be reached, or the connection broke (SQLSTATE 08004)"),
        thrown.getMessage());
    assertEquals(3, store.push(server + "&sslmode=prefer").added());
  }

  @Test
  void theColumnsArriveAsTheyAre() throws Exception {
    store.record(1, 1);
    store.sql(
        "UPDATE skill_telemetry SET id = 'a', skill_id = 'b', skill_name = 'ç', session_id = 'd',"
            + " agent_id = 'e', duration_ms = 12.75, outcome = 'partial',"
            + " timestamp = '2025-11-28T13:00:00.123456+01:00'");

    store.push(server);

    assertEquals(
        List.of("a|b|ç|d|e|12.75|partial|1764331200123456"),
        Server.rows(
            server,
            "SELECT id, skill_id, skill_name, session_id, agent_id, duration_ms, outcome,"
                + " autoskill_java_micros(timestamp) FROM skill_telemetry"));
  }

  @Test
  void twoMachinesMakeTheTablesAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Callable<PushResult>> pushes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Store each = new Store(Files.createDirectory(home.resolve("machine-" + i)));
      each.record(100, i);
      pushes.add(() -> each.push(server));
    }
    try {
      for (Future<PushResult> push : threads.invokeAll(pushes)) {
        assertEquals(100, push.get().added());
      }
    } finally {
      threads.shutdown();
    }
    assertEquals(400, Server.number(server, COUNT));
  }

  @Test
  void renumberedRowsAndALostWatermarkOnlyCostAnotherPush() throws Exception {
    store.record(3_000, 1);
    store.push(server);

    store.sql(
        "DELETE FROM skill_telemetry WHERE rowid <= 1000",
        "UPDATE skill_telemetry SET rowid = rowid - 1000");
    store.record(5, 2);
    PushResult renumbered = store.push(server);
    assertEquals(5, renumbered.added());
    assertEquals(2_005, renumbered.read(), "all are sent again");

    store.sql("DROP TABLE autoskill_java_pushed");
    store.record(5, 3);
    PushResult afterLoss = store.push(server);
    assertEquals(5, afterLoss.added());
    assertEquals(3_010, Server.number(server, COUNT));
  }

  @Test
  void eventsThatGetTheRowidsOfDeletedOnesArriveToo() throws Exception {
    store.record(300, 1);
    store.push(server);

    store.sql("DELETE FROM skill_telemetry WHERE rowid > 250");
    store.record(100, 2);

    assertEquals(100, store.push(server).added());
  }

  @Test
  void anOlderCopyOfTheDatabaseGoesOn() throws Exception {
    store.record(2_500, 1);
    store.push(server);
    Path copy = Files.copy(store.file, home.resolve("copy.db"));
    store.record(50, 2);
    store.push(server);

    Files.move(copy, store.file, StandardCopyOption.REPLACE_EXISTING);
    store.record(100, 3);

    assertEquals(100, store.push(server).added());
    assertEquals(2_650, Server.number(server, COUNT));
  }

  @Test
  void aServerThatLostEventsGetsThemAgain() throws Exception {
    store.record(2_100, 1);
    store.push(server);
    Server.execute(server, "DELETE FROM skill_telemetry", "DELETE FROM autoskill_java_source");

    assertEquals(2_100, store.push(server).added());

    Server.execute(
        server, "DELETE FROM skill_telemetry WHERE id = (SELECT MIN(id) FROM skill_telemetry)");
    assertEquals(0, store.push(server).read(), "nobody can tell");
    assertEquals(new PushResult(2_100, 1, 0, 0, Map.of()), store.push(server, true));
  }

  @Test
  void whatCannotArriveAsItIsArrivesCleanedOrIsCounted() throws Exception {
    store.record(10, 1);
    store.sql(
        "UPDATE skill_telemetry SET skill_name = 'a' || char(0) || 'b' WHERE rowid = 1",
        "UPDATE skill_telemetry SET outcome = 'gave up' WHERE rowid = 2",
        "UPDATE skill_telemetry SET timestamp = 'yesterday' WHERE rowid = 3",
        "UPDATE skill_telemetry SET timestamp = '0000-01-01 00:00:00' WHERE rowid = 4",
        "UPDATE skill_telemetry SET timestamp = '9999-12-31T23:59:59.999999Z' WHERE rowid = 5",
        "UPDATE skill_telemetry SET duration_ms = 9e999 WHERE rowid = 6",
        "UPDATE skill_telemetry SET id = hex(randomblob(20000)) WHERE rowid IN (7, 10)");

    PushResult result = store.push(server);

    assertEquals(
        Map.of(
            "U+0000 in a text arrives as U+FFFD", 1L,
            "an unknown outcome arrives as unrecognised", 1L,
            "a text that is no timestamp arrives as 1970-01-01", 1L,
            "refused by the server, SQLSTATE 54000", 2L),
        result.remarks());
    assertEquals(2, result.refused());
    assertEquals(8, Server.number(server, COUNT));
    assertEquals(
        List.of("-62167219200000000", "253402300799999999"),
        Server.rows(
            server,
            "SELECT autoskill_java_micros(MIN(timestamp)) FROM skill_telemetry UNION ALL"
                + " SELECT autoskill_java_micros(MAX(timestamp)) FROM skill_telemetry"));
    store.record(1, 2);
    assertEquals(1, store.push(server).added(), "the events after it are not held up");
  }

  @Test
  void eventsArriveAlikeWhetherTheServerHasSomeOrNot() throws Exception {
    store.record(20, 1);
    store.sql(
        "UPDATE skill_telemetry SET skill_name = 'a\tb\nc\rd\\e\\N \"f\" {g,h} ''i''' WHERE rowid = 1",
        "UPDATE skill_telemetry SET skill_name = '', session_id = '\\N' WHERE rowid = 2",
        "UPDATE skill_telemetry SET timestamp = '0000-02-29T23:59:59.999999Z' WHERE rowid = 3",
        "UPDATE skill_telemetry SET timestamp = '9999-12-31T23:59:59.999999Z' WHERE rowid = 4",
        "UPDATE skill_telemetry SET duration_ms = 9e999 WHERE rowid = 5",
        "UPDATE skill_telemetry SET duration_ms = -0.125 WHERE rowid = 6");
    String columns =
        "SELECT id, skill_id, skill_name, session_id, agent_id, duration_ms, outcome,"
            + " to_char(timestamp AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US BC')"
            + " FROM skill_telemetry ORDER BY id";

    store.push(server);
    List<String> copied = Server.rows(server, columns);
    Server.execute(server, "DELETE FROM skill_telemetry WHERE skill_id <> 'skill-3'");
    store.push(server, true);

    assertEquals(copied, Server.rows(server, columns));
    assertEquals(20, copied.size());
    assertTrue(copied.get(0).contains("|a\tb\nc\rd\\e\\N \"f\" {g,h} 'i'|"), copied.get(0));
    assertTrue(copied.get(2).endsWith("|0001-02-29 23:59:59.999999 BC"), copied.get(2));
  }

  @Test
  void rollupsAreKeptBesideTheNote() throws Exception {
    store.record(1_000, 1);
    store.push(server);
    store.record(500, 2);
    try (TelemetryCollector telemetry = store.open()) {
      telemetry.getEffectivenessReport();
      assertEquals("RIGHT", telemetry.diagnostics().rollups().name());
    }
    assertEquals(500, store.push(server).read());
  }

  @Test
  void anUnreachableServerIsTriedAtLongerAndLongerIntervals() {
    store.record(1, 1);

    SyncException thrown =
        assertThrows(
            SyncException.class, () -> store.push("jdbc:postgresql://localhost:1/none?user=u"));

    assertEquals(
        "jdbc:postgresql://localhost:1/none: the server cannot be reached, or the connection broke"
            + " (SQLSTATE 08001)",
        thrown.getMessage());
    assertEquals(List.of(1L, 2L, 4L, 8L), store.pauses.stream().map(Duration::toSeconds).toList());
  }

  @Test
  void whatWaitsIsToldWithoutAConnection() {
    store.record(2_500, 1);
    String nowhere = "jdbc:postgresql://localhost:1/none";
    List<PushedEvent> waiting = new ArrayList<>();

    try (TelemetryCollector telemetry = store.open()) {
      EventPush push = store.of(telemetry, nowhere);
      push.forEachWaiting(false, waiting::add);
      assertEquals(new PushStatus(0, 2_500, null), push.status());
    }

    assertEquals(2_500, waiting.size());
  }

  @Test
  void tablesOfANewerVersionAreLeftAlone() throws Exception {
    store.record(1, 1);
    store.push(server);
    Server.execute(server, "INSERT INTO autoskill_java_schema VALUES (1000)");
    store.record(1, 2);

    SyncException thrown = assertThrows(SyncException.class, () -> store.push(server));

    assertTrue(thrown.getMessage().contains("newer version"), thrown.getMessage());
    assertEquals(1, Server.number(server, COUNT));
  }

  @Test
  void aTableOfSomethingElseIsLeftAlone() throws Exception {
    Server.execute(server, "CREATE TABLE skill_telemetry (mine text)");
    store.record(1, 1);

    SyncException thrown = assertThrows(SyncException.class, () -> store.push(server));

    assertTrue(thrown.getMessage().contains("did not make"), thrown.getMessage());
    assertNull(thrown.getCause());
    assertEquals("null", Server.rows(server, "SELECT to_regclass('autoskill_java_schema')").get(0));
  }

  @Test
  void aLabelIsShownOnlyIfGiven() throws Exception {
    store.record(1, 1);
    store.push(server);
    store.variables.put("AUTO_SKILL_TELEMETRY_SYNC_LABEL", "laptop");
    Store other = new Store(Files.createDirectory(home.resolve("other")));
    other.variables.put("AUTO_SKILL_TELEMETRY_SYNC_LABEL", "laptop");
    other.record(1, 2);
    other.push(server);

    List<String> sources =
        Server.rows(server, "SELECT source, label FROM autoskill_java_source ORDER BY label");

    assertTrue(sources.get(0).matches("[0-9a-f-]{36}\\|laptop"), sources.toString());
    assertTrue(sources.get(1).matches("[0-9a-f-]{36}\\|null"), sources.toString());
    assertNotEquals(sources.get(0).substring(0, 36), sources.get(1).substring(0, 36));
  }
}
