package dev.autoskill.telemetry.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.listener.LiveSpans;
import dev.autoskill.telemetry.sync.PushResult;
import dev.autoskill.telemetry.sync.PushedEvent;
import dev.autoskill.telemetry.sync.Store;
import dev.autoskill.telemetry.sync.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A push from a database beside which programs have noted that they send spans themselves. */
class LiveEventsTest {

  private static final Instant SINCE = Instant.parse("2025-11-28T12:00:00Z");

  private static final String LEFT_OUT =
      "left out, since programs with telemetry-otel send their spans";

  @TempDir Path home;
  private Store store;
  private Collector collector;

  /** 1,000 events before the note, ten at its moment and five after it. */
  @BeforeEach
  void start() throws Exception {
    store = new Store(home);
    collector = new Collector();
    store.record(1_015, 1);
    moveTo("2025-11-28T11:59:59.999Z", "rowid <= 1000");
    moveTo("2025-11-28T12:00:00.000Z", "rowid BETWEEN 1001 AND 1010");
    moveTo("2025-11-28T12:00:00.001Z", "rowid > 1010");
    LiveSpans.note(store.file, SINCE);
  }

  private void moveTo(String time, String rows) throws SQLException {
    store.sql("UPDATE skill_telemetry SET timestamp = '" + time + "' WHERE " + rows);
  }

  @AfterEach
  void stop() {
    collector.close();
  }

  private PushResult push(boolean isFull) {
    return store.push(collector.address(), isFull);
  }

  @Test
  void eventsFromTheNoteOnAreLeftOutAndPassed() {
    assertEquals(new PushResult(1_000, 1_000, 0, 15, Map.of(LEFT_OUT, 15L)), push(false));

    assertEquals(1_000, new HashSet<>(collector.traceIds()).size());
    assertEquals(1_000, collector.spans.size());
    assertEquals(1_015, store.status(collector.address()).pushed());
    assertEquals(new PushResult(0, 0, 0, 0, Map.of()), push(false));
  }

  @Test
  void aFullPushLeavesThemOutToo() {
    push(false);
    collector.spans.clear();

    assertEquals(new PushResult(1_000, 1_000, 0, 15, Map.of(LEFT_OUT, 15L)), push(true));
    assertEquals(1_000, collector.spans.size());
  }

  @Test
  void whereAllAreLeftOutNothingIsSent() throws Exception {
    moveTo("2026-01-01T00:00:00Z", "TRUE");

    assertEquals(new PushResult(0, 0, 0, 1_015, Map.of(LEFT_OUT, 1_015L)), push(false));
    assertEquals(List.of(), collector.requests);
    assertEquals(0, store.status(collector.address()).waiting());
  }

  @Test
  void aPushThatGoesOnAfterAFailureCountsThemOnce() {
    collector.behaviour =
        request -> collector.requests.size() == 2 ? Collector.Answer.of(503) : Collector.OK;

    assertEquals(new PushResult(1_000, 1_000, 0, 15, Map.of(LEFT_OUT, 15L)), push(false));
    assertEquals(1_000, collector.spans.size());
  }

  @Test
  void aProgramMayBeginToSendDuringThePush() throws IOException {
    Path note = LiveSpans.file(store.file);
    Files.delete(note);
    collector.behaviour =
        request -> {
          try {
            LiveSpans.note(store.file, SINCE);
          } catch (IOException e) {
            return Collector.Answer.of(400);
          }
          return Collector.OK;
        };

    assertEquals(15, push(false).leftOut());
    assertEquals(1_000, collector.spans.size());
  }

  @Test
  void aDryRunPassesOnNoneOfThem() {
    List<PushedEvent> events = new ArrayList<>();
    try (TelemetryCollector telemetry = store.open()) {
      assertEquals(
          15, store.of(telemetry, collector.address()).forEachWaiting(true, events::add).leftOut());
    }

    assertEquals(1_000, events.size());
    assertEquals(List.of(), collector.requests);
  }

  @Test
  void nothingIsSentWhereTheNoteCannotBeRead() throws IOException {
    Path note = LiveSpans.file(store.file);
    push(false);
    collector.requests.clear();
    Files.writeString(note, "some day");

    SyncException thrown = assertThrows(SyncException.class, () -> push(true));

    assertEquals(
        "nothing is sent: " + note + " does not tell since when spans are sent live",
        thrown.getMessage());
    assertEquals(List.of(), collector.requests);
    assertEquals(0, store.status(collector.address()).waiting(), "not even begun");
  }

  @Test
  void afterTheNoteIsDeletedWhatComesIsSentAgain() throws IOException {
    push(false);
    Files.delete(LiveSpans.file(store.file));
    store.record(3, 2);

    assertEquals(new PushResult(3, 3, 0, 0, Map.of()), push(false));
  }
}
