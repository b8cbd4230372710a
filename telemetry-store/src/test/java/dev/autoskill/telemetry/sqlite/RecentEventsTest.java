package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was stored lately need not be read again, unless others may have changed it. */
class RecentEventsTest {

  @TempDir Path directory;

  private Handle handle;
  private TelemetryDao table;
  private RollupDao rollups;
  private RecentEvents recent;
  private int stored;

  @BeforeEach
  void open() {
    handle = SqliteConnections.forWriting(database(), Duration.ofSeconds(5)).open();
    table = handle.attach(TelemetryDao.class);
    rollups = handle.attach(RollupDao.class);
    table.createTable();
    recent = new RecentEvents(rollups);
  }

  @AfterEach
  void close() {
    handle.close();
  }

  @Test
  void areTheRowsThatStandInTheTable() throws SQLException {
    store(3, null);
    store(2, 7L);

    assertEquals(rollups.eventsAfter(0, 10), taken(Long.MIN_VALUE));
    assertEquals(List.of(), taken(Long.MIN_VALUE));
  }

  @Test
  void areThoseAboveTheWatermark() throws SQLException {
    store(3, 1L);
    assertEquals(rollups.eventsAfter(1, 10), taken(1));

    store(2, 1L);
    assertEquals(List.of(), taken(5));
  }

  @Test
  void waitUntilThoseBeforeThemAreCounted() throws SQLException {
    foreign("INSERT INTO skill_telemetry SELECT 'x', 'i', 'n', 's', 'a', 1, 'success', ''");
    store(3, 1L);

    assertEquals(List.of(), taken(Long.MIN_VALUE));
    assertEquals(rollups.eventsAfter(2, 10), taken(2));
  }

  @Test
  void areNotKnownOnceAnotherHasChangedAnything() throws SQLException {
    store(3, 1L);
    foreign("UPDATE skill_telemetry SET agent_id = 'cursor' WHERE rowid = 2");
    assertEquals(List.of(), taken(0));

    store(1, 1L);
    foreign("INSERT INTO skill_telemetry SELECT 'x', 'i', 'n', 's', 'a', 1, 'success', ''");
    store(1, 1L);
    assertEquals(rollups.eventsAfter(5, 10), taken(5));
  }

  @Test
  void areNotKnownWhereOthersHaveTriggers() throws SQLException {
    foreign(
        "CREATE TRIGGER theirs AFTER INSERT ON skill_telemetry BEGIN"
            + " UPDATE skill_telemetry SET agent_id = 'theirs' WHERE rowid = NEW.rowid; END");
    store(3, 1L);

    assertEquals(List.of(), taken(0));
    assertEquals("theirs", rollups.eventsAfter(0, 10).get(0).agentId());
  }

  @Test
  void areNotKnownWhereSomeWereThereBefore() throws SQLException {
    store(3, 1L);
    stored--;
    store(2, 1L);

    assertEquals(List.of(), taken(0));
  }

  private void store(int count, Long durationMs) throws SQLException {
    List<TelemetryEvent> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Instant at = Instant.parse("2026-11-22T12:24:51.300Z").plusMillis(stored);
      batch.add(
          new TelemetryEvent(
              "id-" + stored++, "i", "n", "s", "a", durationMs, Outcome.PARTIAL, at));
    }
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

  private List<RawEvent> taken(long watermark) throws SQLException {
    return Transactions.call(handle, () -> recent.takeAfter(watermark));
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
