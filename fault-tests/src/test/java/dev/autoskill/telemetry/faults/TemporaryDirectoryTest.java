package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.faults.ProgramProcess.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * SQLite's native library is in the user's cache, or else where the driver unpacks it: in the
 * temporary directory. One of the two has to serve.
 */
class TemporaryDirectoryTest extends FaultTest {

  private static final String TROUBLE = "SQLite's native library cannot be loaded";

  /** Where no folder can be made. */
  private static final Path NO_CACHE = Path.of("/dev/null");

  private Path temporary;

  @BeforeEach
  void setUp() throws IOException {
    temporary = Files.createDirectories(directory.resolve("temporary"));
  }

  @Test
  void whereNothingMayBeExecutedTheCacheServes() throws Exception {
    try (Mounts mounts = Mounts.of("mount -t tmpfs -o noexec none " + temporary)) {
      assertNothingMayBeExecuted(mounts);
      Path cache = directory.resolve("cache");
      try (ProgramProcess program = launch(mounts.entry(), cache).start()) {
        use(program, USES);
        assertEquals(USES, program.number("report"));
        program.end();
      }
    }
  }

  @Test
  void whereNothingMayBeExecutedAndInTheCacheNeitherEventsWaitForAnotherProcess() throws Exception {
    try (Mounts mounts = Mounts.of("mount -t tmpfs -o noexec none " + temporary)) {
      assertNothingMayBeExecuted(mounts);
      assertWaits(mounts.entry(), temporary.resolve("cache"), () -> {});
    }
  }

  @Test
  void whereNothingMayBeWrittenEventsWaitForAnotherProcess() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r-x------"));
    List<String> attempt = new ArrayList<>(Means.BOUND_BY_PERMISSIONS);
    attempt.addAll(List.of("touch", temporary + "/file"));
    assertNotEquals(0, Means.run(attempt.toArray(String[]::new)).exitCode());

    assertWaits(Means.BOUND_BY_PERMISSIONS, temporary.resolve("cache"), () -> {});
  }

  @Test
  void whereThereIsNoneAnyMoreEventsWaitForAnotherProcess() throws Exception {
    // There at the start, since newer JVMs warn by themselves of one that is not.
    assertWaits(List.of(), NO_CACHE, () -> assertTrue(temporary.toFile().delete()));
  }

  private void assertNothingMayBeExecuted(Mounts mounts) throws Exception {
    Means.Result attempt = mounts.run("cp /bin/sh " + temporary + "; " + temporary + "/sh -c true");
    assertNotEquals(0, attempt.exitCode());
    assertTrue(attempt.output().contains("Permission denied"), attempt.output());
  }

  private void assertWaits(List<String> through, Path cache, Runnable onceStarted) {
    try (ProgramProcess program =
        launch(through, cache)
            .with(
                "-Dautoskill.telemetry.query-timeout=100",
                "-Dautoskill.telemetry.close-timeout=100")
            .start()) {
      program.stats();
      onceStarted.run();
      use(program, USES);
      awaitTrouble(program, TROUBLE);
      assertEquals(0, program.number("report"));
      awaitSpooled(program);
      program.end();
    }
    assertEquals(USES, reportOfAnother(launch()));
  }

  private Launch launch(List<String> through, Path cache) {
    List<String> command = new ArrayList<>(through);
    command.addAll(List.of("env", "XDG_CACHE_HOME=" + cache));
    return launch().through(command).with("-Djava.io.tmpdir=" + temporary);
  }
}
