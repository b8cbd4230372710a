package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.faults.ProgramProcess.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The directory into which sqlite-jdbc unpacks its native library does not serve. */
class TemporaryDirectoryTest extends FaultTest {

  private static final String TROUBLE = "SQLite's native library cannot be loaded";

  @Test
  void whereNothingMayBeExecutedEventsWaitForAnotherProcess() throws Exception {
    Path temporary = Files.createDirectories(directory.resolve("temporary"));
    try (Mounts mounts = Mounts.of("mount -t tmpfs -o noexec none " + temporary)) {
      Means.Result attempt =
          mounts.run("cp /bin/sh " + temporary + "; " + temporary + "/sh -c true");
      assertNotEquals(0, attempt.exitCode());
      assertTrue(attempt.output().contains("Permission denied"), attempt.output());

      assertWaits(launch().through(mounts.entry()), temporary);
    }
  }

  @Test
  void whereNothingMayBeWrittenEventsWaitForAnotherProcess() throws Exception {
    Path temporary = Files.createDirectories(directory.resolve("temporary"));
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r-x------"));
    List<String> attempt = new ArrayList<>(Means.BOUND_BY_PERMISSIONS);
    attempt.addAll(List.of("touch", temporary + "/file"));
    assertNotEquals(0, Means.run(attempt.toArray(String[]::new)).exitCode());

    assertWaits(launch().through(Means.BOUND_BY_PERMISSIONS), temporary);
  }

  @Test
  void whereThereIsNoneAnyMoreEventsWaitForAnotherProcess() throws Exception {
    // There at the start, since newer JVMs warn by themselves of one that is not.
    Path temporary = Files.createDirectories(directory.resolve("temporary"));

    assertWaits(launch(), temporary, () -> assertTrue(temporary.toFile().delete()));
  }

  private void assertWaits(Launch launch, Path temporary) {
    assertWaits(launch, temporary, () -> {});
  }

  private void assertWaits(Launch launch, Path temporary, Runnable onceStarted) {
    try (ProgramProcess program =
        launch
            .with(
                "-Djava.io.tmpdir=" + temporary,
                "-Dautoskill.telemetry.query-timeout=100",
                "-Dautoskill.telemetry.close-timeout=100")
            .start()) {
      program.stats();
      onceStarted.run();
      use(program, USES);
      awaitTrouble(program, TROUBLE);
      assertEquals(0, program.number("report"));
      assertEquals(USES, program.balancedStats().spooled());
      program.end();
    }
    assertEquals(USES, reportOfAnother(launch()));
  }
}
