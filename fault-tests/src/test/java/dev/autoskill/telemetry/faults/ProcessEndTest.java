package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A woven program uses a few skills and ends, in whatever way. */
class ProcessEndTest extends FaultTest {

  private long startNanos;

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
    ProgramProcess program = launch().with("-Xlog:class+load:file=" + classes()).start();
    // It answers once it has started, and before its first use.
    program.ask("heap");
    startNanos = System.nanoTime();
    return program;
  }

  private Path classes() {
    return directory.resolve("classes.log");
  }

  /** Of a program that lived for less than a second after its first use, as short ones do. */
  private void assertNoDatabaseWasOpened() throws Exception {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    assumeTrue(millis < 1000, "the machine took " + millis + " ms for a short program");
    assertFalse(Files.exists(database()));
    String loaded = Files.readString(classes());
    assertTrue(loaded.contains(" dev.autoskill.telemetry.recording."));
    for (String absent : new String[] {"org.sqlite.", "org.jdbi.", "java.sql."}) {
      assertFalse(loaded.contains(" " + absent), absent);
    }
  }
}
