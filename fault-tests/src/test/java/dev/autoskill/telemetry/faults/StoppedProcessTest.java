package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A process is stopped in the middle of its work, for a while. */
class StoppedProcessTest extends FaultTest {

  /** Of the spool, so that the load is under way. */
  private static final long ENOUGH_BYTES = 4096;

  private static final int STOPPED_SECONDS = FaultRun.pick(2, 60);

  @Test
  void losesNothingAndKeepsNobodyFromReading() throws Exception {
    try (ProgramProcess program = launch().start()) {
      use(program, USES);
      awaitStored(program);
      int calls = 2000;
      program.say("pace 1000 2000");
      while (program.isAlive() && spoolBytes() < ENOUGH_BYTES) {
        Thread.onSpinWait();
      }
      signal(program, "STOP");
      while (!isStopped(program)) {
        Thread.onSpinWait();
      }
      // How long the fault lasts; nothing is waited for.
      TimeUnit.SECONDS.sleep(STOPPED_SECONDS);
      assertTrue(reportOfAnother(launch()) >= USES);
      assertTrue(isStopped(program));
      signal(program, "CONT");

      assertEquals(calls, Long.parseLong(program.answer().split(" ")[0]));
      awaitStored(program);
      Stats stats = program.balancedStats();
      assertEquals(USES + calls, stats.stored());
      program.end();
      try (Stored stored = Stored.in(database())) {
        stored.assertOnceEach(NAME, USES + calls);
      }
    }
  }

  private long spoolBytes() throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(Path.of(database() + "-spool"))) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static void signal(ProgramProcess program, String signal) throws IOException {
    Means.Result sent = Means.run("sh", "-c", "kill -" + signal + " " + program.pid());
    assertEquals(0, sent.exitCode(), sent.output());
  }

  private static boolean isStopped(ProgramProcess program) throws IOException {
    Path status = Path.of("/proc/" + program.pid() + "/status");
    return Files.readString(status).contains("State:\tT");
  }
}
