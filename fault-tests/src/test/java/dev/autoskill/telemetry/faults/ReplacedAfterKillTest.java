package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An older copy takes the place of the database after a process was killed, whose log is there
 * still, and before the next process.
 */
class ReplacedAfterKillTest extends FaultTest {

  private static final String LATER = "later";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @ParameterizedTest
  @ValueSource(strings = {"mv", "cp"})
  void theNextProcessKeepsTheLogFromTheCopy(String command) throws Exception {
    Path copy = directory.resolve("copy");
    try (ProgramProcess first = launch().start()) {
      use(first, USES);
      awaitStored(first);
      first.end();
    }
    run("cp", database().toString(), copy.toString());
    leaveALog();

    Path near = database().resolveSibling("near");
    run("cp", copy.toString(), near.toString());
    run(command, near.toString(), database().toString());
    try (ProgramProcess next = launch().named(LATER).start()) {
      assertEquals(USES, next.number("report"));
      use(next, USES);
      awaitStored(next);
      next.end();
    }

    assertTrue(Files.size(Path.of(database() + "-wal.replaced-1")) > 0);
    try (Stored stored = Stored.in(database())) {
      stored.assertIntact();
      assertEquals(2 * USES, stored.sessions().size());
    }
  }

  /** A reader keeps the log from being emptied until the process is killed. */
  private void leaveALog() throws Exception {
    try (ProgramProcess killed = launch().named("killed").start();
        ProgramProcess reader = launch().named("reader").start()) {
      use(killed, 1);
      awaitStored(killed);
      // Of a log that was empty before, no part goes into the database while the reader holds it.
      awaitEmptyLog();
      reader.ask("hold " + database());
      use(killed, 20 * USES);
      awaitStored(killed);
      killed.kill();
      reader.kill();
    }
    assertTrue(Files.size(Path.of(database() + "-wal")) > 0);
  }

  private void awaitEmptyLog() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (Files.size(Path.of(database() + "-wal")) > 0) {
      assertTrue(System.nanoTime() < deadline, "the log is not emptied");
      Thread.onSpinWait();
    }
  }

  private static void run(String... command) throws IOException {
    assertEquals(new Means.Result(0, ""), Means.run(command));
  }
}
