package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Another program holds the database's lock. */
class LockedDatabaseTest extends FaultTest {

  private static final int PER_SECOND = 1000;
  private static final int MILLIS = FaultRun.pick(2_000, 60_000);

  @Test
  void callersDoNotNoticeAndNothingIsLost() throws Exception {
    try (ProgramProcess program = launch().start()) {
      program.ask("pace " + PER_SECOND + " 2000");
      awaitStored(program);
      Times free = Times.of(program.ask("pace " + PER_SECOND + " " + MILLIS));
      awaitStored(program);
      long before = 2 * PER_SECOND + free.calls();

      Times locked;
      try (Connection other = lock()) {
        assertFalse(other.isClosed());
        assertPlainWriteFails();
        locked = Times.of(program.ask("pace " + PER_SECOND + " " + MILLIS));
        awaitTrouble(program, "the database is locked by another program");
        Stats stats = program.balancedStats();
        assertEquals(before, stats.stored());
        assertEquals(locked.calls(), stats.spooled() + stats.queued());
      }

      awaitStored(program);
      Stats stats = program.balancedStats();
      assertEquals(before + locked.calls(), stats.stored());
      assertEquals(0, stats.dropped() + stats.failed());
      program.end();
      Figures.note("locked database, free", free);
      Figures.note("locked database, locked", locked);
      locked.assertLike(free);
      try (Stored stored = Stored.in(database())) {
        stored.assertOnceEach(NAME, before + locked.calls());
      }
    }
  }

  /** A lock that even keeps others from reading can only be had while nobody else is connected. */
  @Test
  void aLockThatKeepsEverybodyOutBeforeTheProgramStartsHoldsUpNothingButTheDatabase()
      throws Exception {
    try (ProgramProcess earlier = launch().start()) {
      use(earlier, 1);
      awaitStored(earlier);
      earlier.ask("close");
      earlier.end();
    }
    try (ProgramProcess program =
        launch().with("-Dautoskill.telemetry.query-timeout=100").start()) {
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database());
          Statement lock = other.createStatement()) {
        lock.execute("PRAGMA locking_mode = EXCLUSIVE");
        lock.execute("BEGIN EXCLUSIVE");
        lock.execute("UPDATE skill_telemetry SET agent_id = agent_id");
        assertThrows(
            SQLException.class,
            () -> {
              try (Connection third = DriverManager.getConnection("jdbc:sqlite:" + database());
                  Statement statement = third.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 0");
                statement.executeQuery("SELECT COUNT(*) FROM skill_telemetry");
              }
            });
        use(program, USES);
        awaitTrouble(program, "the database is locked by another program");
        assertEquals(0, program.number("report"));
        awaitSpooled(program);
        lock.execute("ROLLBACK");
      }
      awaitStored(program);
      program.end();
    }
    assertEquals(1 + USES, reportOfAnother(launch()));
  }

  private Connection lock() throws SQLException {
    Connection other = DriverManager.getConnection("jdbc:sqlite:" + database());
    try (Statement statement = other.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 60000");
      statement.execute("BEGIN EXCLUSIVE");
    }
    return other;
  }

  private void assertPlainWriteFails() throws Exception {
    assertThrows(
        SQLException.class,
        () -> {
          try (Connection third = DriverManager.getConnection("jdbc:sqlite:" + database());
              Statement statement = third.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            statement.execute("BEGIN IMMEDIATE");
          }
        });
  }
}
