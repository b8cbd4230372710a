package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.sqlite.DatabaseLog.FileState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log is put aside once, whoever finds it beside another file. Systems tell a file's identity by
 * a number, which they give to another file once the first is gone. So a log that has the number of
 * an earlier one is that of the file that is there. A link retains the number here.
 */
@DisabledOnOs(OS.WINDOWS)
class DatabaseLogTest {

  @TempDir Path directory;

  private Path database;
  private Path wal;
  private Path link;

  @BeforeEach
  void make() throws IOException {
    database = Files.writeString(directory.resolve("telemetry.db"), "database");
    wal = directory.resolve("telemetry.db-wal");
    link = directory.resolve("link");
  }

  @Test
  void aLogIsAnotherOnceItsLastUserHasGone() throws IOException {
    Files.writeString(wal, "log");
    DatabaseLog log = new DatabaseLog(database);
    log.opened(FileState.of(database), true);
    log.closed(false);
    Files.move(wal, link);
    DatabaseLog ofOther = new DatabaseLog(database);
    ofOther.closed(false);

    assertLogIsLeftAlone(log);
  }

  /** As {@code sqlite3} does when it is the last to have the database open. */
  @Test
  void aLogThatAnotherProgramDeletesIsForgottenBeforeThereIsAnother() throws IOException {
    Files.writeString(wal, "log");
    new DatabaseLog(database).opened(FileState.of(database), true);
    Files.move(wal, link);
    DatabaseLog log = new DatabaseLog(database);
    log.putAsideIfForeign(false);

    assertLogIsLeftAlone(log);
    assertLogIsLeftAlone(new DatabaseLog(database));
  }

  @Test
  void isNobodysWhereTheDatabaseWasReplacedWhileItWasOpened() throws IOException {
    Files.writeString(wal, "log");
    FileState before = FileState.of(database);
    replaceDatabase();
    DatabaseLog log = new DatabaseLog(database);

    assertFalse(log.opened(before, true));
    assertTrue(Files.notExists(directory.resolve("telemetry.db-wal-owner")));
    assertTrue(log.opened(FileState.of(database), true));
    assertLogIsPutAside(log);
  }

  @Test
  void aLogIsAnotherOnceItWasPutAside() throws IOException {
    Files.createFile(wal);
    DatabaseLog log = new DatabaseLog(database);
    log.opened(FileState.of(database), true);
    Files.createLink(link, wal);
    replaceDatabase();
    log.putAsideIfForeign(true);
    assertTrue(Files.notExists(wal));

    assertLogIsLeftAlone(log);
    assertLogIsLeftAlone(new DatabaseLog(database));
  }

  @Test
  void aLogIsAnotherOnceTheConnectionThatHadItIsClosed() throws IOException {
    Files.createFile(wal);
    DatabaseLog log = new DatabaseLog(database);
    log.opened(FileState.of(database), true);
    // As another process does that puts it aside.
    Files.move(wal, link);
    Files.delete(directory.resolve("telemetry.db-wal-owner"));

    log.closed(true);

    assertLogIsLeftAlone(log);
  }

  @Test
  void theNextLogMayHaveTheNumberOfTheOneThatWasJustClosed() throws IOException {
    Files.createFile(wal);
    DatabaseLog log = new DatabaseLog(database);
    log.opened(FileState.of(database), true);
    Files.delete(directory.resolve("telemetry.db-wal-owner"));
    replaceDatabase();
    Files.writeString(wal, "of another program");

    log.closed(true);

    assertEquals("of another program", Files.readString(wal));
  }

  @Test
  void aLogThatAnotherProcessPutsAsideIsLeftToIt() throws Exception {
    Files.createFile(wal);
    DatabaseLog log = new DatabaseLog(database);
    log.opened(FileState.of(database), true);
    replaceDatabase();
    try (FileChannel ofOther =
        FileChannel.open(directory.resolve("telemetry.db-wal-owner"), StandardOpenOption.WRITE)) {
      ofOther.lock();

      assertFalse(log.putAsideIfForeign(true));
      assertTrue(Files.exists(wal));
    }
    assertTrue(log.putAsideIfForeign(true));
    assertTrue(Files.notExists(wal));
  }

  private void assertLogIsLeftAlone(DatabaseLog log) throws IOException {
    replaceDatabase();
    if (Files.exists(link)) {
      Files.move(link, wal);
    }
    Files.writeString(wal, "of another program");

    log.putAsideIfForeign(true);
    log.putAsideIfForeign(false);

    assertEquals("of another program", Files.readString(wal));
  }

  private void assertLogIsPutAside(DatabaseLog log) throws IOException {
    replaceDatabase();

    log.putAsideIfForeign(true);

    assertTrue(Files.notExists(wal));
  }

  private void replaceDatabase() throws IOException {
    Path copy = Files.writeString(directory.resolve("copy"), "copy");
    Files.move(copy, database, StandardCopyOption.REPLACE_EXISTING);
  }
}
