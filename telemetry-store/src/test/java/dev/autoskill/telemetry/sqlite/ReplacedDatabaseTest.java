package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.error.Recorded;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.StoreException;
import dev.autoskill.telemetry.recording.Trouble;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody puts an older copy in the database's place: the rows of the copy are all there
 * afterwards, and so is what comes later. Windows replaces no open file.
 */
@DisabledOnOs(OS.WINDOWS)
class ReplacedDatabaseTest {

  private static final int OLD = 300;
  private static final int LATER = 50;

  @TempDir Path directory;

  private final Faults faults = new Faults(null);
  private final List<Connection> held = new ArrayList<>();
  private Path database;
  private Path copy;
  private SqliteEventStore store;

  /** When the copy takes the place of the database, of which the process has stored a batch. */
  enum Moment {
    BETWEEN_TWO_BATCHES,
    BEFORE_A_PAUSE,
    AFTER_A_FAILURE,
    BEFORE_A_QUERY,
    BEFORE_THE_END
  }

  @BeforeEach
  void storeAndCopy() throws Exception {
    database = Files.createDirectory(directory.resolve("real")).resolve("telemetry.db");
    copy = directory.resolve("copy.db");
    store = store();
    store.store(Recorded.all(events("old", OLD)));
    store.close();
    run("cp", database.toString(), copy.toString());
  }

  @AfterEach
  void close() throws SQLException {
    store.close();
    for (Connection connection : held) {
      connection.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsMovedThere(Moment moment) throws Throwable {
    leaveALog();

    goOn(moment, () -> move(copy));

    assertHolds(OLD, LATER);
    assertTrue(Files.size(beside("-wal.replaced-1")) > 0);
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatWasVacuumed(Moment moment) throws Throwable {
    Path vacuumed = directory.resolve("vacuumed.db");
    try (SqlFile old = new SqlFile(copy)) {
      old.run("VACUUM INTO '" + vacuumed + "'");
    }
    leaveALog();

    goOn(moment, () -> move(vacuumed));

    assertHolds(OLD, LATER);
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsCopiedOverTheOldOne(Moment moment) throws Throwable {
    // So many that SQLite would never again empty a log that was written by the old index.
    for (int batch = 0; batch < 10; batch++) {
      store.store(Recorded.all(events("lost" + batch, 900)));
    }

    goOn(moment, () -> run("cp", copy.toString(), database.toString()));

    assertHolds(OLD, LATER);
  }

  /** Beside the log is an index, which says how many pages the database has. */
  @ParameterizedTest
  @EnumSource
  void aLargerFileThatIsCopiedOverTheOldOne(Moment moment) throws Throwable {
    try (SqlFile other = new SqlFile(database)) {
      other.run("DELETE FROM skill_telemetry", "VACUUM");
    }
    store.store(Recorded.all(events("lost", 2)));

    goOn(moment, () -> run("cp", copy.toString(), database.toString()));

    assertHolds(OLD, LATER);
  }

  /** {@code cp} first empties the file. SQLite would take it for a new database, and cut it off. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFileThatIsBeingCopiedOverTheOldOne(boolean isOpen) throws Exception {
    if (isOpen) {
      store.store(Recorded.all(events("before", 1)));
    }
    run("truncate", "-s", "0", database.toString());

    StoreException refused =
        assertThrows(StoreException.class, () -> store.store(Recorded.all(events("later", LATER))));

    assertEquals(Trouble.DATABASE_LOCKED, refused.trouble());
    SqliteEventReader reader =
        new SqliteEventReader(database, Duration.ofSeconds(5), Duration.ofMinutes(1), faults, true);
    assertEquals(List.of(), SqlFile.reports(reader, ReportQuery.ALL, new Completeness()));
    assertFalse(reader.repairRollups());
    assertFalse(reader.forget("old"));
    assertEquals(0, Files.size(database));
    run("cp", copy.toString(), database.toString());
    store.store(Recorded.all(events("later", LATER)));
    assertHolds(OLD, LATER);
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatSqliteRestores(Moment moment) throws Throwable {
    store.store(Recorded.all(events("lost", 900)));

    goOn(
        moment,
        () -> {
          try (SqlFile other = new SqlFile(database)) {
            other.run("restore from " + copy);
          }
        });

    assertHolds(OLD, LATER);
    assertTrue(Files.notExists(beside("-wal.replaced-1")));
  }

  @Test
  void aFileBehindASymbolicLink() throws Throwable {
    store.close();
    Path target = database;
    database = Files.createSymbolicLink(directory.resolve("link.db"), target);
    store = store();
    database = target;
    leaveALog();

    goOn(Moment.BEFORE_A_PAUSE, () -> move(copy));

    assertHolds(OLD, LATER);
    assertTrue(Files.exists(beside("-wal.replaced-1")));
  }

  @Test
  void aLinkThatLeadsElsewhere() throws Throwable {
    store.close();
    Path link = Files.createSymbolicLink(directory.resolve("link.db"), database);
    database = link;
    store = store();
    store.store(Recorded.all(events("before", 100)));
    Files.delete(link);
    Files.createSymbolicLink(link, copy);

    store.store(Recorded.all(events("later", LATER)));

    assertHolds(OLD, LATER);
  }

  @Test
  void aFileThatCameWithItsOwnLog() throws Throwable {
    leaveALog();
    Path other = Files.createDirectory(directory.resolve("other"));
    run("sh", "-c", "cp " + database + "* " + other + " 2>/dev/null || true");
    store.close();
    run("sh", "-c", "mv -f " + other + "/telemetry.db* " + database.getParent());

    store.store(Recorded.all(events("later", LATER)));

    assertEquals(900 + OLD + LATER, count("%"));
    assertEquals("ok", text("PRAGMA integrity_check"));
    assertTrue(Files.notExists(beside("-wal.replaced-1")));
  }

  private void goOn(Moment moment, Executable replacement) throws Throwable {
    if (moment == Moment.AFTER_A_FAILURE) {
      try (Connection other = connection();
          Statement lock = other.createStatement()) {
        lock.execute("BEGIN IMMEDIATE");
        assertThrows(StoreException.class, () -> store.store(Recorded.all(events("later", LATER))));
      }
    }
    replacement.execute();
    switch (moment) {
      case BETWEEN_TWO_BATCHES, AFTER_A_FAILURE -> {}
      case BEFORE_A_PAUSE -> store.close();
      case BEFORE_A_QUERY -> assertEquals(OLD, usesWhileTheStoreIsIdle());
      case BEFORE_THE_END -> {
        store.close();
        store = store();
      }
    }
    store.store(Recorded.all(events("later", LATER)));
    while (store.maintain()) {
      // Rolls up what is there.
    }
  }

  private long usesWhileTheStoreIsIdle() throws Exception {
    CompletableFuture<Long> uses =
        CompletableFuture.supplyAsync(
            () ->
                SqlFile.reports(
                        new SqliteEventReader(
                            database, Duration.ofSeconds(5), Duration.ofMinutes(1), faults, true),
                        ReportQuery.ALL,
                        new Completeness())
                    .get(0)
                    .totalUses());
    while (!uses.isDone()) {
      try {
        store.maintain();
      } catch (StoreException e) {
        // The query has a connection now.
      }
    }
    return uses.get();
  }

  private void assertHolds(long old, long later) throws Exception {
    assertEquals("ok", text("PRAGMA integrity_check"));
    assertEquals(old, count("old%"));
    assertEquals(later, count("later%"));
    assertEquals(old + later, count("%"));
    try (SqlFile file = new SqlFile(database)) {
      file.assertReportIsRight("afterwards");
    }
    store.close();
    assertEquals("ok", text("PRAGMA integrity_check"));
    assertEquals(old + later, count("%"));
  }

  /** A reader keeps the log from being emptied. */
  private void leaveALog() throws Exception {
    Connection reader = connection();
    held.add(reader);
    reader.setAutoCommit(false);
    reader.createStatement().executeQuery("SELECT * FROM skill_telemetry").next();
    store.store(Recorded.all(events("lost", 900)));
    assertTrue(Files.size(beside("-wal")) > 0);
  }

  private void move(Path file) throws IOException, InterruptedException {
    Path near = database.resolveSibling("near");
    run("cp", file.toString(), near.toString());
    run("mv", "-f", near.toString(), database.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  private SqliteEventStore store() {
    return new SqliteEventStore(database, Duration.ofMillis(50), faults, null);
  }

  private static List<TelemetryEvent> events(String name, int count) {
    return Stream.iterate(0, i -> i + 1)
        .limit(count)
        .map(
            i ->
                new TelemetryEvent(
                    name + i,
                    "id-" + i % 7,
                    "skill",
                    "session-" + i,
                    "agent",
                    (long) i,
                    Outcome.SUCCESS,
                    Instant.ofEpochSecond(1_700_000_000L + i)))
        .toList();
  }

  private long count(String ids) throws SQLException {
    return Long.parseLong(
        text("SELECT COUNT(*) FROM skill_telemetry NOT INDEXED WHERE id LIKE '" + ids + "'"));
  }

  private String text(String sql) throws SQLException {
    try (Connection connection = connection();
        Statement query = connection.createStatement();
        ResultSet result = query.executeQuery(sql)) {
      return result.getString(1);
    }
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + database);
  }

  private Path beside(String suffix) {
    return database.resolveSibling("telemetry.db" + suffix);
  }
}
