package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.faults.ProgramProcess.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database's file or its directory cannot be written, or is not there. */
class UnwritablePlaceTest extends FaultTest {

  @BeforeEach
  void needsPermissionsThatBind() {
    List<String> probe = new ArrayList<>(Means.BOUND_BY_PERMISSIONS);
    probe.add("true");
    Means.assumeWorks(probe.toArray(String[]::new));
  }

  @Test
  void aReadOnlyFileStaysAsItIsUntilItIsWritable() throws Exception {
    assertEquals(0, reportOfAnother(launch()));
    try (ProgramProcess earlier = launch().start()) {
      use(earlier, 1);
      awaitStored(earlier);
      earlier.ask("close");
      earlier.end();
    }
    permit(database(), "r--r--r--");
    byte[] before = Files.readAllBytes(database());
    assertNotWritable(database());

    try (ProgramProcess program = bound().start()) {
      use(program, USES);
      awaitTrouble(program, "the database or its directory is read-only");
      awaitSpooled(program);
      assertArrayEquals(before, Files.readAllBytes(database()));
      // A report of one who may not write leaves nothing that would keep others out.
      // It waits in vain for the spools to be stored.
      assertEquals(1, reportOfAnother(bound().with("-Dautoskill.telemetry.query-timeout=2000")));

      permit(database(), "rw-------");
      awaitStored(program);
      assertEquals(USES, program.balancedStats().stored());
      program.end();
    }
    assertEquals(1 + USES, reportOfAnother(launch()));
  }

  @Test
  void inAReadOnlyDirectoryEventsWaitInMemoryUntilItIsWritable() throws Exception {
    Path parent = Files.createDirectories(database().getParent());
    permit(parent, "r-x------");
    assertNotWritable(parent.resolve("new"));

    try (ProgramProcess program = bound().start()) {
      use(program, USES);
      awaitTrouble(program, "the spool's directory cannot be made");
      awaitTrouble(program, "the database's file or directory cannot be made or opened");
      assertEquals(USES, program.balancedStats().queued());

      permit(parent, "rwx------");
      awaitStored(program);
      assertEquals(USES, program.balancedStats().stored());
      program.end();
    }
    assertEquals(USES, reportOfAnother(launch()));
  }

  @Test
  void whatNeverFindsAPlaceIsCounted() throws Exception {
    Path parent = Files.createDirectories(database().getParent());
    permit(parent, "r-x------");
    assertNotWritable(parent.resolve("new"));

    int capacity = 10;
    int uses = 10 * capacity;
    try (ProgramProcess program =
        bound()
            .with(
                "-Dautoskill.telemetry.queue-capacity=" + capacity,
                "-Dautoskill.telemetry.close-timeout=100")
            .start()) {
      use(program, uses);
      program.ask("close");
      // The writer may be at its last attempt still.
      awaitTrouble(program, "the spool's directory cannot be made");
      Stats stats = program.balancedStats();
      assertEquals(uses, stats.recorded());
      assertEquals(0, stats.stored() + stats.spooled());
      // As many in the queue and settled for the writer, and with it what once was both.
      assertTrue(stats.dropped() >= uses - 4 * capacity, stats.toString());
      program.end();
    } finally {
      permit(parent, "rwx------");
    }
  }

  @Test
  void aMissingDirectoryIsMade() throws IOException {
    assertFalse(Files.exists(database().getParent()));

    try (ProgramProcess program = launch().start()) {
      use(program, USES);
      program.end();
    }
    assertEquals(USES, reportOfAnother(launch()));
  }

  @Test
  void aDirectoryDeletedWhileRunningIsMadeAgainAndOnlyWhatWasStoredIsGone() throws Exception {
    try (ProgramProcess program = launch().start()) {
      use(program, 1);
      awaitStored(program);
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database());
          Statement lock = other.createStatement()) {
        lock.execute("BEGIN IMMEDIATE");
        use(program, USES);
        awaitSpooled(program);
        assertEquals(0, Means.run("rm", "-r", database().getParent().toString()).exitCode());
      }

      use(program, USES);
      awaitStored(program);
      assertEquals(1 + 2 * USES, program.balancedStats().stored());
      program.end();
    }
    assertEquals(2 * USES, reportOfAnother(launch()));
  }

  @Test
  void withoutAHomeDirectoryNothingIsRecordedAndTheReasonIsKnown() throws Exception {
    try (ProgramProcess program = launch().with("-Duser.home=").startWithoutDatabase()) {
      use(program, USES);
      assertEquals(new Stats(0, 0, 0, 0, 0, 0, 0, USES), program.stats());
      assertTrue(program.ask("why").contains("home"), program.ask("why"));
      program.end();
    }
  }

  @Test
  void aHomeDirectoryThatCannotBeMadeIsAPlaceThatCannotBeWritten() throws Exception {
    // Not even the superuser can make a directory there.
    Path home = Path.of("/proc/nobody");
    assertTrue(Means.run("mkdir", home.toString()).exitCode() != 0);

    try (ProgramProcess program =
        launch()
            .with("-Duser.home=" + home, "-Dautoskill.telemetry.close-timeout=100")
            .startWithoutDatabase()) {
      use(program, USES);
      awaitTrouble(program, "the spool's directory cannot be made");
      awaitTrouble(program, "the database's file or directory cannot be made or opened");
      assertEquals(USES, program.balancedStats().queued());
      program.end();
    }
  }

  private Launch bound() {
    return launch().through(Means.BOUND_BY_PERMISSIONS);
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static void assertNotWritable(Path path) throws IOException {
    List<String> command = new ArrayList<>(Means.BOUND_BY_PERMISSIONS);
    command.addAll(List.of("sh", "-c", "echo x >> " + path));
    assertTrue(Means.run(command.toArray(String[]::new)).exitCode() != 0);
  }
}
