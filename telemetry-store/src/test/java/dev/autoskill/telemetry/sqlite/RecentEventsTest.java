package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was stored lately need not be read again, unless others may have changed it. */
class RecentEventsTest {

  private static final Instant START = Instant.parse("2026-11-22T23:59:59.300Z");

  @TempDir Path directory;

  private Handle handle;
  private TelemetryDao table;
  private RollupDao rollups;
  private RollupUpdateDao update;
  private RecentEvents recent;
  private int stored;

  @BeforeEach
  void open() {
    handle = SqliteConnections.forWriting(database(), Duration.ofSeconds(5)).open();
    table = handle.attach(TelemetryDao.class);
    rollups = handle.attach(RollupDao.class);
    update = handle.attach(RollupUpdateDao.class);
    table.createTable();
    new RollupSchema(handle, rollups, update).makeTables();
    recent = new RecentEvents(rollups);
  }

  @AfterEach
  void close() {
    handle.close();
  }

  @Test
  void addUpToWhatTheRowsDo() throws SQLException {
    store(4000, null);
    store(300, 7L);
    store(1, Long.MAX_VALUE);

    assertTakes(0);
    assertTakesNothing(0);
  }

  @Test
  void areThoseAboveTheWatermark() throws SQLException {
    store(3, 1L);
    assertTakesNothing(1);

    store(2, 1L);
    assertTakes(3);

    store(2, 1L);
    assertTakesNothing(7);
  }

  @Test
  void waitUntilThoseBeforeThemAreCounted() throws SQLException {
    foreign("INSERT INTO skill_telemetry SELECT 'x', 'i', 'n', 's', 'a', 1, 'success', ''");
    store(3, 1L);

    assertTakesNothing(Long.MIN_VALUE);
    assertTakes(1);
  }

  @Test
  void areNotReadWithThoseBeforeThem() throws SQLException {
    foreign("INSERT INTO skill_telemetry SELECT 'x', 'i', 'n', 's', 'a', 1, 'success', ''");
    store(3, 1L);
    NewRows rows = new NewRows(rollups, update, new RollupWriter(rollups, update), recent);
    RollupFunctions.register(handle.getConnection());

    assertTrue(Transactions.call(handle, () -> rows.rollUp(state(0), 100)));
    assertEquals(1, new RollupStateReader(handle).state().watermark());
    assertFalse(Transactions.call(handle, () -> rows.rollUp(state(1), 100)));
    assertEquals(4, new RollupStateReader(handle).state().watermark());
  }

  @Test
  void areNotKnownOnceAnotherHasChangedAnything() throws SQLException {
    store(3, 1L);
    foreign("UPDATE skill_telemetry SET agent_id = 'cursor' WHERE rowid = 2");
    assertTakesNothing(0);

    store(1, 1L);
    foreign("INSERT INTO skill_telemetry SELECT 'x', 'i', 'n', 's', 'a', 1, 'success', ''");
    store(1, 1L);
    assertTakes(5);
  }

  @Test
  void areNotKnownWhereOthersHaveTriggers() throws SQLException {
    foreign(
        "CREATE TRIGGER theirs AFTER INSERT ON skill_telemetry BEGIN"
            + " UPDATE skill_telemetry SET agent_id = 'theirs' WHERE rowid = NEW.rowid; END");
    store(3, 1L);

    assertTakesNothing(0);
    assertEquals("theirs", rollups.eventsAfter(0, 10).get(0).agentId());
  }

  @Test
  void areNotKnownWhereSomeWereThereBefore() throws SQLException {
    store(3, 1L);
    stored--;
    store(2, 1L);

    assertTakesNothing(0);
  }

  /** SQLite takes any free rowid once the greatest is taken. */
  @Test
  void areNotKnownWhereRowidsDoNotRise() throws SQLException {
    foreign(
        "INSERT INTO skill_telemetry (rowid, id, skill_id, skill_name, session_id, outcome, timestamp)"
            + " VALUES (9223372036854775807, 'x', 'i', 'n', 's', 'success', '')");
    store(1, 1L);

    assertTakesNothing(0);
  }

  @Test
  void areNotKnownWhereTextsAreNotInTheOrderOfTime() throws SQLException {
    store(1, 1L);
    store(List.of(event(Instant.parse("+12345-01-01T00:00:00Z"), 1L)));

    assertTakesNothing(0);
  }

  private void store(int count, Long durationMs) throws SQLException {
    List<TelemetryEvent> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // One goes back in time, as after a clock was set.
      batch.add(event(START.plusMillis(i % 7 == 3 ? -90_000_000L : stored), durationMs));
    }
    store(batch);
  }

  private TelemetryEvent event(Instant at, Long durationMs) {
    int no = stored++;
    return new TelemetryEvent(
        "id-" + no,
        "i-" + no % 5,
        "n-" + no % 3,
        "s-" + no / 4,
        "a-" + no % 2,
        durationMs,
        Outcome.values()[no % 4],
        at);
  }

  private void store(List<TelemetryEvent> batch) throws SQLException {
    Transactions.run(
        handle,
        () -> {
          int added = 0;
          for (int rows : table.insert(batch)) {
            added += rows;
          }
          recent.stored(batch, added);
        });
  }

  private void assertTakesNothing(long watermark) throws SQLException {
    assertNull(taken(watermark));
  }

  private void assertTakes(long watermark) throws SQLException {
    UnnumberedRollup taken = taken(watermark);
    assertNotNull(taken);
    Words words = new Words(rollups);
    Rollup actual = taken.numbered(words, update);
    Rollup expected = new Rollup(words);
    List<RawEvent> events = rollups.eventsAfter(watermark, 10_000);
    while (!events.isEmpty()) {
      events.forEach(event -> expected.add(event, 1));
      events = rollups.eventsAfter(events.get(events.size() - 1).row(), 10_000);
    }
    assertEquals(texts(expected), texts(actual));
    assertEquals(expected.skillIds(), actual.skillIds());
    taken.chunks().write(update);
    List<String> noted = chunks();
    handle.execute("DELETE FROM autoskill_java_chunk");
    update.noteNewest(watermark, Long.MAX_VALUE);
    assertEquals(chunks(), noted);
  }

  private static List<String> texts(Rollup rollup) {
    List<String> texts = new ArrayList<>();
    rollup
        .tallies()
        .forEach((group, tally) -> texts.add(group + Arrays.toString(TallyCodec.encode(tally))));
    rollup.sessions().forEach((part, uses) -> texts.add(part + Arrays.toString(uses.encode())));
    Collections.sort(texts);
    return texts;
  }

  private List<String> chunks() {
    return handle
        .createQuery("SELECT no || ' ' || newest FROM autoskill_java_chunk ORDER BY no")
        .mapTo(String.class)
        .list();
  }

  private @Nullable UnnumberedRollup taken(long watermark) throws SQLException {
    return Transactions.call(handle, () -> recent.takeAbove(state(watermark)));
  }

  private RollupState state(long watermark) {
    long newest = new RollupStateReader(handle).state().newest();
    return new RollupState(watermark, 0, true, true, false, false, false, newest);
  }

  private void foreign(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Path database() {
    return directory.resolve("telemetry.db");
  }
}
