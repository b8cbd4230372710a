package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A woven program uses a few skills and ends, in whatever way. */
class ProcessEndTest extends FaultTest {

  @ParameterizedTest
  @ValueSource(strings = {"returning", "exiting", "leaving daemons"})
  void leavesItsEventsToOthersWithoutADatabase(String how) throws Exception {
    try (ProgramProcess program = start()) {
      use(program, USES);
      program.say("end " + how);
      assertEquals(0, program.awaitExit(), program.errors());
      program.assertSilent();
    }
    assertNoDatabaseWasOpened();
    assertEquals(USES, reportOfAnother(launch()));
  }

  @Test
  void leavesThemIfAnExceptionEndsIt() throws Exception {
    try (ProgramProcess program = start()) {
      use(program, USES);
      program.say("end throwing");
      assertEquals(1, program.awaitExit());
      String[] lines = program.errors().split("\n");
      assertTrue(lines[0].endsWith("IllegalStateException: as the test wants it"), lines[0]);
      for (int i = 1; i < lines.length; i++) {
        assertTrue(lines[i].startsWith("\tat programs.Program."), lines[i]);
      }
    }
    assertNoDatabaseWasOpened();
    assertEquals(USES, reportOfAnother(launch()));
  }

  @Test
  void leavesThemIfItIsTerminated() throws Exception {
    try (ProgramProcess program = start()) {
      use(program, USES);
      program.terminate();
      program.assertSilent();
    }
    assertNoDatabaseWasOpened();
    assertEquals(USES, reportOfAnother(launch()));
  }

  private ProgramProcess start() {
    return launch().with("-Xlog:class+load:file=" + classes()).start();
  }

  private Path classes() {
    return directory.resolve("classes.log");
  }

  private void assertNoDatabaseWasOpened() throws Exception {
    assertFalse(Files.exists(database()));
    String loaded = Files.readString(classes());
    assertTrue(loaded.contains(" dev.autoskill.telemetry.recording."));
    for (String absent : new String[] {"org.sqlite.", "org.jdbi.", "java.sql."}) {
      assertFalse(loaded.contains(" " + absent), absent);
    }
  }
}
