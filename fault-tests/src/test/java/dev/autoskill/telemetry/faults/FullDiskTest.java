package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.faults.ProgramProcess.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The disk that holds the database and the spool is full for a while. */
class FullDiskTest extends FaultTest {

  private static final int CAPACITY = 1000;

  @Test
  void whatFoundRoomArrivesWhenThereIsSpaceAgainAndTheRestIsCounted() throws Exception {
    Means.assumeWorks("sqlite3", "-version");
    Path disk = Files.createDirectories(directory.resolve("disk"));
    try (Mounts mounts = Mounts.of("mount -t tmpfs -o size=8m none " + disk);
        ProgramProcess program = on(disk, mounts).start()) {
      use(program, USES);
      awaitStored(program);
      mounts.run("cat /dev/zero > " + disk + "/ballast || true");
      Means.Result attempt = mounts.run("head -c 10 /dev/zero > " + disk + "/more || true");
      assertTrue(attempt.output().contains("No space left on device"), attempt.output());

      // More than the last pages of files that are there already have room for.
      use(program, 50 * CAPACITY);
      awaitTrouble(program, "the disk that holds the spool is full");
      awaitTrouble(program, "the disk that holds the database is full");
      Stats during = program.balancedStats();
      assertTrue(during.queued() > 0 && during.dropped() > 0, during.toString());
      assertEquals(USES + 50 * CAPACITY, during.recorded());

      mounts.run("rm " + disk + "/ballast");
      awaitStored(program);
      Stats after = program.balancedStats();
      assertEquals(during.recorded() - during.dropped(), after.stored());
      assertEquals(0, after.failed());
      long all = after.stored() + awaitNoTrouble(program);
      program.end();
      assertEquals(all, reportOfAnother(on(disk, mounts)));
      assertEquals("ok", query(mounts, disk, "PRAGMA integrity_check"));
      assertEquals(
          Long.toString(all),
          query(mounts, disk, "SELECT COUNT(DISTINCT session_id) FROM skill_telemetry"));
    }
  }

  /** A quota, in short: no file may grow beyond a size, but what is within it can be written. */
  @Test
  void aLimitOnTheSizeOfFilesIsAFullDisk() throws Exception {
    Means.assumeWorks("prlimit", "--fsize=1048576", "true");
    try (ProgramProcess program = launch().with("-Xlog:disable").start()) {
      use(program, 1);
      awaitStored(program);
      limitFiles(program, "100");
      assertTrue(
          Means.run(
                      "prlimit",
                      "--fsize=100",
                      "sh",
                      "-c",
                      "head -c 1000 /dev/zero > " + directory + "/x")
                  .exitCode()
              != 0);

      use(program, USES);
      program.ask("flush 200");
      Stats during = program.balancedStats();
      assertEquals(USES, during.queued() + during.spooled(), during.toString());
      assertTrue(!program.ask("troubles").isEmpty());

      limitFiles(program, "unlimited");
      awaitStored(program);
      assertEquals(1 + USES, program.balancedStats().stored());
      int more = awaitNoTrouble(program);
      program.end();
      assertEquals(1 + USES + more, reportOfAnother(launch()));
    }
  }

  private static String query(Mounts mounts, Path disk, String sql) throws Exception {
    return mounts.run("sqlite3 " + disk + "/telemetry.db '" + sql + "'").output();
  }

  private static void limitFiles(ProgramProcess program, String bytes) throws Exception {
    Means.Result done =
        Means.run("prlimit", "--pid", Long.toString(program.pid()), "--fsize=" + bytes + ":");
    assertEquals(0, done.exitCode(), done.output());
  }

  private static Launch on(Path disk, Mounts mounts) {
    return launch(disk.resolve("telemetry.db"))
        .through(mounts.entry())
        .with("-Dautoskill.telemetry.queue-capacity=" + CAPACITY);
  }
}
