package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.faults.ProgramProcess.Launch;
import dev.autoskill.telemetry.faults.Victim.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Processes are killed in the middle of what is not everyday work. */
@Tag("alone")
class KilledAtWorkTest extends FaultTest {

  private static final int ROUNDS = FaultRun.rounds(3, 30);
  private static final int PER_SECOND = 1000;
  private static final int OLD_ROWS = 50_000;

  private static final String MANY_ROWS =
      "INSERT INTO skill_telemetry WITH RECURSIVE n(i) AS"
          + " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
          + OLD_ROWS
          + ") SELECT hex(randomblob(16)), 's', 'skill-' || (i % 20), 'row-' || i, 'a', i % 900,"
          + " 'success', strftime('%Y-%m-%dT%H:%M:%fZ', 1700000000 + 60 * i, 'unixepoch') FROM n";

  private long lost;

  @BeforeEach
  void need() {
    Means.assumeWorks("sqlite3", "-version");
  }

  @Test
  void whileItRollsUp(Random random) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Launch launch = launchOn("rollup-" + round);
      addRows(launch.database());
      try (Victim victim = start("r" + round, launch)) {
        victim.say("reports");
        pause(random, 400);
        victim.kill();
        assertHolds(launch, List.of(victim), OLD_ROWS + USES, Long.MIN_VALUE);
      }
    }
    note("while it rolls up");
  }

  @Test
  void whileItEnds(Random random) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Launch launch = launchOn("end-" + round);
      try (Victim victim = start("e" + round, launch)) {
        pause(random, 300);
        victim.say("end exiting");
        pause(random, 60);
        victim.kill();
        assertHolds(launch, List.of(victim), USES, Long.MIN_VALUE);
      }
    }
    note("while it ends");
  }

  @Test
  void whileAnOlderCopyTakesThePlaceOfTheFile(Random random) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Launch launch = launchOn("replaced-" + round);
      addRows(launch.database());
      Path copy = launch.database().resolveSibling("copy");
      run("sqlite3", launch.database().toString(), ".backup " + copy);
      try (Victim one = start("x" + round, launch);
          Victim other = start("y" + round, launch)) {
        pause(random, 800);
        run("mv", copy.toString(), launch.database().toString());
        long replacedNanos = System.nanoTime();
        pause(random, 800);
        one.kill();
        pause(random, 50);
        other.kill();
        assertHolds(launch, List.of(one, other), OLD_ROWS + USES, replacedNanos);
      }
    }
    note("while the file is replaced");
  }

  private Launch launchOn(String name) throws Exception {
    Launch launch = launch(Files.createDirectory(directory.resolve(name)).resolve("telemetry.db"));
    try (ProgramProcess program = launch.start()) {
      use(program, USES);
      awaitStored(program);
      program.end();
    }
    return launch;
  }

  private static void addRows(Path database) throws IOException {
    run("sqlite3", database.toString(), MANY_ROWS);
  }

  private static void run(String... command) throws IOException {
    assertEquals(new Means.Result(0, ""), Means.run(command));
  }

  private Victim start(String name, Launch launch) throws IOException {
    Victim victim = new Victim(name, launch, Files.createDirectories(directory.resolve("logs")));
    victim.start(PER_SECOND, true);
    return victim;
  }

  /** Not to wait for anything: the instant of what comes is what is random. */
  private static void pause(Random random, int mostMillis) throws InterruptedException {
    TimeUnit.MICROSECONDS.sleep(random.nextInt(1000 * mostMillis));
  }

  /**
   * Nothing is damaged, what was there before is there once, and so is what the victims recorded
   * from a moment on, but for their last moments. A report says the same.
   */
  private void assertHolds(Launch launch, List<Victim> victims, int before, long sinceNanos)
      throws Exception {
    String reported;
    try (ProgramProcess reader = launch.start()) {
      reported = awaitReports(reader);
      reader.end();
    }
    assertEquals(NaiveReport.of(launch.database()), reported);
    try (Stored stored = Stored.in(launch.database())) {
      stored.assertIntact();
      Map<String, Integer> sessions = stored.sessions();
      sessions.forEach((session, times) -> assertEquals(1, times, session));
      List<Fate> inexcusable = new ArrayList<>();
      for (Victim victim : victims) {
        Fate fate = victim.fate(sessions, sinceNanos);
        lost += fate.lost();
        if (fate.lost() > fate.excused()) {
          inexcusable.add(fate);
        }
      }
      assertEquals(List.of(), inexcusable);
      assertEquals(before, sessions.size());
    }
  }

  private void note(String when) {
    Figures.note(
        "killed " + when, ROUNDS + " rounds, " + lost + " lost that were older than 20 ms");
  }
}
