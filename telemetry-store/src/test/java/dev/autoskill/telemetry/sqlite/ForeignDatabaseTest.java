package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.error.Recorded;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.recording.EventStore;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.StoreException;
import dev.autoskill.telemetry.recording.Trouble;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that are not ours to write to, and what the log of our own may grow to. */
class ForeignDatabaseTest {

  private static final String COLUMNS =
      "id TEXT PRIMARY KEY, skill_id TEXT, skill_name TEXT, session_id TEXT, agent_id TEXT,"
          + " duration_ms INTEGER, outcome TEXT, timestamp TEXT";

  @TempDir Path directory;

  private final Faults faults = new Faults(null);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE skill_telemetry (id TEXT PRIMARY KEY, name TEXT)",
        "CREATE TABLE skill_telemetry (" + COLUMNS + ", cost REAL NOT NULL)",
        "CREATE TABLE skill_telemetry (id TEXT PRIMARY KEY, skill_id TEXT, skill_name TEXT,"
            + " session_id TEXT, agent_id TEXT, duration_ms INTEGER NOT NULL DEFAULT 0,"
            + " outcome TEXT, timestamp TEXT)",
        "CREATE VIEW skill_telemetry AS SELECT 1 AS id"
      })
  void aTableOfAnotherShapeIsLeftAlone(String sql) throws Exception {
    assertIsLeftAlone(Trouble.DATABASE_OTHER_SHAPE, sql);
  }

  /**
   * Else one that finds no table, which another process then makes, would take it for a foreign.
   */
  @Test
  void whatAnotherProcessMakesIsNoOtherTable() throws Exception {
    execute(
        "CREATE TABLE Skill_Telemetry (" + COLUMNS + ")",
        "CREATE INDEX idx_telemetry_skill ON skill_telemetry(skill_id)");
    Jdbi jdbi = SqliteConnections.forReading(database(), Duration.ofSeconds(5));

    assertFalse(jdbi.withExtension(TelemetryDao.class, TelemetryDao::hasOtherTables));
    execute("CREATE TABLE another (a)");
    assertTrue(jdbi.withExtension(TelemetryDao.class, TelemetryDao::hasOtherTables));
  }

  @Test
  void aDatabaseOfALaterVersionIsLeftAlone() throws Exception {
    assertIsLeftAlone(
        Trouble.DATABASE_NEWER,
        "CREATE TABLE skill_telemetry (" + COLUMNS + ")",
        "PRAGMA user_version = 1000");
  }

  @Test
  void aDatabaseThatWasCutOffIsLeftAlone() throws Exception {
    execute(
        "CREATE TABLE skill_telemetry (" + COLUMNS + ")",
        "CREATE TABLE filler AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
            + " WHERE i < 1000) SELECT i, hex(randomblob(100)) FROM n");
    byte[] whole = Files.readAllBytes(database());
    Files.write(database(), java.util.Arrays.copyOf(whole, whole.length / 2));

    assertIsLeftAlone(Trouble.DATABASE_CORRUPT);
  }

  /** Nothing but a look at the table tells, and by then the switch to a log may be made. */
  @Test
  void aDatabaseWhoseTableIsDamagedIsLeftAlone() throws Exception {
    execute("CREATE TABLE skill_telemetry (" + COLUMNS + ")");
    int rootOfTable = 4096;
    byte[] bytes = Files.readAllBytes(database());
    java.util.Arrays.fill(bytes, rootOfTable, 2 * rootOfTable, (byte) 0x55);
    Files.write(database(), bytes);

    assertIsLeftAlone(Trouble.DATABASE_CORRUPT);
  }

  /** SQLite would go on writing to the deleted file. */
  @Test
  void aDatabaseThatIsDeletedIsMadeAgain() throws Exception {
    List<TelemetryEvent> events = events(3);
    try (SqliteEventStore store = store()) {
      store.store(Recorded.all(events.subList(0, 1)));
      Files.delete(database());
      assertEquals(2, store.store(Recorded.all(events.subList(1, 3))).added());
    }
    try (SqliteEventStore store = store()) {
      assertEquals(1, store.store(Recorded.all(events)).added());
    }
  }

  /** SQLite would take the old log for that of the new database. */
  @Test
  void aDatabaseThatIsReplacedIsNotDamagedByTheLogOfTheOldOne() throws Exception {
    List<TelemetryEvent> events = events(400);
    Path other = directory.resolve("other.db");
    try (SqliteEventStore store =
        new SqliteEventStore(other, Duration.ofSeconds(5), faults, null)) {
      store.store(Recorded.all(events.subList(0, 10)));
    }
    try (SqliteEventStore store = store()) {
      store.store(Recorded.all(events.subList(100, 300)));
      Files.move(other, database(), StandardCopyOption.REPLACE_EXISTING);
      assertEquals(100, store.store(Recorded.all(events.subList(300, 400))).added());
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
          Statement statement = connection.createStatement()) {
        assertEquals("ok", statement.executeQuery("PRAGMA integrity_check").getString(1));
        assertEquals(110, statement.executeQuery("SELECT COUNT(*) FROM skill_telemetry").getInt(1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNIQUE (session_id)", "CHECK (length(session_id) > 5)"})
  void whatTheTableDoesNotTakeIsToldApartFromWhatIsThere(String constraint) throws Exception {
    execute("CREATE TABLE skill_telemetry (" + COLUMNS + ", " + constraint + ")");
    TelemetryEvent first =
        new TelemetryEvent(
            "first", "i", "n", "long-enough", "a", 1L, Outcome.SUCCESS, Instant.EPOCH);
    TelemetryEvent refused =
        new TelemetryEvent(
            "refused",
            "i",
            "n",
            constraint.startsWith("UNIQUE") ? "long-enough" : "short",
            "a",
            1L,
            Outcome.SUCCESS,
            Instant.EPOCH);
    try (SqliteEventStore store = store()) {
      assertEquals(new EventStore.Stored(1, 1), store.store(Recorded.all(first, refused)));
      assertEquals(new EventStore.Stored(0, 1), store.store(Recorded.all(first, refused)));
      assertEquals(new EventStore.Stored(0, 0), store.store(Recorded.all(first)));
    }
  }

  @Test
  void whereThereIsNoDirectoryAndNoneCanBeMadeItSaysSo() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    try (SqliteEventStore store =
        new SqliteEventStore(file.resolve("telemetry.db"), Duration.ZERO, faults, null)) {
      StoreException thrown =
          assertThrows(StoreException.class, () -> store.store(Recorded.all(events(1))));
      assertEquals(Trouble.DATABASE_CANNOT_OPEN, thrown.trouble());
    }
  }

  @Test
  void tellsHowManyEventsAreNew() throws Exception {
    List<TelemetryEvent> events = events(10);
    try (SqliteEventStore store = store()) {
      assertEquals(4, store.store(Recorded.all(events.subList(0, 4))).added());
      assertEquals(6, store.store(Recorded.all(events)).added());
      assertEquals(0, store.store(Recorded.all(events)).added());
    }
  }

  @Test
  void aLockOfAnotherIsWaitedForBrieflyAndThenReported() throws Exception {
    SqliteEventStore store = store();
    store.store(Recorded.all(events(1)));
    try (store;
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement lock = other.createStatement()) {
      lock.execute("BEGIN IMMEDIATE");
      for (int i = 0; i < 3; i++) {
        StoreException thrown =
            assertThrows(StoreException.class, () -> store.store(Recorded.all(events(2))));
        assertEquals(Trouble.DATABASE_LOCKED, thrown.trouble());
      }
      lock.execute("ROLLBACK");
      assertEquals(1, store.store(Recorded.all(events(2))).added());
    }
    assertEquals(0, faults.count());
  }

  @Test
  void theLogIsSmallAgainAfterAReaderKeptItFromShrinking() throws Exception {
    SqliteEventStore store = store();
    store.store(Recorded.all(events(1)));
    try (store;
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement reader = other.createStatement()) {
      reader.execute("BEGIN");
      reader.executeQuery("SELECT COUNT(*) FROM skill_telemetry").close();
      List<TelemetryEvent> events = events(100_000);
      for (int from = 0; from < events.size(); from += 1000) {
        store.store(Recorded.all(events.subList(from, from + 1000)));
      }
      assertTrue(Files.size(log()) > 16 * 1024 * 1024);
      reader.execute("COMMIT");

      while (store.maintain()) {
        assertTrue(Files.size(log()) < 16 * 1024 * 1024);
      }

      assertTrue(Files.size(log()) < 16 * 1024 * 1024);
    }
    assertEquals(0, faults.count());
  }

  private void assertIsLeftAlone(Trouble expected, String... sql) throws Exception {
    execute(sql);
    byte[] before = Files.readAllBytes(database());
    try (SqliteEventStore store = store()) {
      StoreException thrown =
          assertThrows(StoreException.class, () -> store.store(Recorded.all(events(1))));
      assertEquals(expected, thrown.trouble());
    }
    // A report brings the rollups up to date where it may.
    SqliteEventReader reader =
        new SqliteEventReader(database(), Duration.ZERO, Duration.ofMinutes(1), faults, true);
    SqlFile.reports(reader, ReportQuery.ALL, new Completeness());
    assertFalse(reader.repairRollups());
    assertArrayEquals(before, Files.readAllBytes(database()));
    assertTrue(Files.notExists(log()));
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<TelemetryEvent> events(int count) {
    List<TelemetryEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(
          new TelemetryEvent(
              String.format("%026d", i), "i", "n", "s", "a", 1L, Outcome.SUCCESS, Instant.EPOCH));
    }
    return events;
  }

  private SqliteEventStore store() {
    return new SqliteEventStore(database(), Duration.ofSeconds(5), faults, null);
  }

  private Path log() {
    return directory.resolve("telemetry.db-wal");
  }

  private Path database() {
    return directory.resolve("telemetry.db");
  }
}
