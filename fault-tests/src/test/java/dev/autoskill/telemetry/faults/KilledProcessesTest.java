package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.faults.ProgramProcess.Launch;
import dev.autoskill.telemetry.faults.Victim.Fate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Four processes use skills and are killed, each at some instant. Two of them store what they
 * record, also what dead ones left; two only spool.
 */
@Tag("alone")
class KilledProcessesTest extends FaultTest {

  private static final int ROUNDS = FaultRun.rounds(3, 30);
  private static final int PROCESSES = 4;
  private static final int PER_SECOND = 1000;
  private static final int LONGEST_LIFE_MILLIS = 1500;

  /** Databases grow, and are then looked through for longer; so after some rounds comes another. */
  private static final int ROUNDS_A_DATABASE = 10;

  @Test
  void loseOnlyTheirLastMomentsAndDamageNothing(Random random) throws Exception {
    long recorded = 0;
    long lost = 0;
    long excused = 0;
    double oldest = 0;
    List<Fate> inexcusable = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      Path database = directory.resolve("telemetry-" + round / ROUNDS_A_DATABASE + "/telemetry.db");
      for (Fate fate : round(launch(database), round, random)) {
        recorded += fate.recorded();
        lost += fate.lost();
        excused += fate.excused();
        oldest = Math.max(oldest, fate.oldestMissingMillis());
        if (fate.lost() > fate.excused()) {
          inexcusable.add(fate);
        }
      }
    }
    Figures.note(
        "killed",
        (ROUNDS
                + " rounds, "
                + recorded
                + " recorded, "
                + lost
                + " lost that were older than 20 ms")
            + (", " + excused + " of them excused, oldest missing " + oldest + " ms"));
    assertEquals(List.of(), inexcusable);
  }

  private List<Fate> round(Launch launch, int round, Random random) throws Exception {
    Path logs = Files.createDirectories(directory.resolve("logs-" + round));
    List<Victim> victims = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        victims.add(new Victim("r" + round + "p" + i, launch, logs));
      }
      for (int i = 0; i < PROCESSES; i++) {
        victims.get(i).start(PER_SECOND, i % 2 == 0);
      }
      for (Victim victim : victims) {
        // Not to wait for anything: the instant of the kill is what is random.
        TimeUnit.MICROSECONDS.sleep(random.nextInt(1000 * LONGEST_LIFE_MILLIS / PROCESSES));
        victim.kill();
      }
      long reported = reportOfAnother(launch);
      return fates(launch, victims, reported);
    } finally {
      victims.forEach(Victim::close);
    }
  }

  private List<Fate> fates(Launch launch, List<Victim> victims, long reported) throws Exception {
    try (Stored stored = Stored.in(launch.database())) {
      stored.assertIntact();
      Map<String, Integer> sessions = stored.sessions();
      sessions.forEach((session, times) -> assertEquals(1, times, session));
      assertEquals(sessions.size(), reported);
      List<Fate> fates = new ArrayList<>();
      for (Victim victim : victims) {
        Fate fate = victim.fate(sessions);
        fates.add(fate);
        assertTrue(fate.found() <= fate.recorded());
      }
      return fates;
    }
  }
}
