package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.faults.ProgramProcess.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A woven program uses a few skills and ends, in whatever way. */
class ProcessEndTest extends FaultTest {

  /** One of them is not held up by other programs on the machine. */
  private static final int ATTEMPTS = 10;

  /** A program that ends sooner after its first use opens no database. */
  private static final long SHORT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Ends a program and checks how it ended. */
  private interface Ending {
    void end(ProgramProcess program) throws Exception;
  }

  @ParameterizedTest
  @ValueSource(strings = {"returning", "exiting", "leaving daemons"})
  void leavesItsEventsToOthersWithoutADatabase(String how) throws Exception {
    assertLeavesItsEventsWithoutADatabase(
        program -> {
          program.say("end " + how);
          assertEquals(0, program.awaitExit(), program.errors());
          program.assertSilent();
        });
  }

  @Test
  void leavesThemIfAnExceptionEndsIt() throws Exception {
    assertLeavesItsEventsWithoutADatabase(
        program -> {
          program.say("end throwing");
          assertEquals(1, program.awaitExit());
          String[] lines = program.errors().split("\n");
          assertTrue(lines[0].endsWith("IllegalStateException: as the test wants it"), lines[0]);
          for (int i = 1; i < lines.length; i++) {
            assertTrue(lines[i].startsWith("\tat programs.Program."), lines[i]);
          }
        });
  }

  @Test
  void leavesThemIfItIsTerminated() throws Exception {
    assertLeavesItsEventsWithoutADatabase(
        program -> {
          program.terminate();
          program.assertSilent();
        });
  }

  /** However long a program takes, its events are there; a short one opens no database. */
  private void assertLeavesItsEventsWithoutADatabase(Ending ending) throws Exception {
    boolean wasShort = false;
    for (int attempt = 1; !wasShort; attempt++) {
      assertTrue(attempt <= ATTEMPTS, "no program was short");
      Path database = directory.resolve("telemetry-" + attempt).resolve("telemetry.db");
      Path classes = directory.resolve("classes-" + attempt + ".log");
      Launch launch = launch(database);
      try (ProgramProcess program = launch.with("-Xlog:class+load:file=" + classes).start()) {
        // It answers once it has started, and before its first use.
        program.ask("heap");
        long start = System.nanoTime();
        use(program, USES);
        ending.end(program);
        wasShort = System.nanoTime() - start < SHORT_NANOS;
      }
      if (wasShort) {
        assertNoDatabaseWasOpened(database, Files.readString(classes));
      }
      assertEquals(USES, reportOfAnother(launch));
    }
  }

  private static void assertNoDatabaseWasOpened(Path database, String loaded) {
    assertFalse(Files.exists(database));
    assertTrue(loaded.contains(" dev.autoskill.telemetry.recording."));
    for (String absent : new String[] {"org.sqlite.", "org.jdbi.", "java.sql."}) {
      assertFalse(loaded.contains(" " + absent), absent);
    }
  }
}
