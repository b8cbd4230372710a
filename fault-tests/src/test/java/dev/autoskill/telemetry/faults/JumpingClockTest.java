package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * Somebody sets the wall clock back and forth: one in the process, since the machine's is shared.
 */
class JumpingClockTest extends FaultTest {

  @Test
  void losesNothingAndKeepsTheOrder() throws Exception {
    try (ProgramProcess program = launch().start()) {
      assertEquals("jumping", program.ask("jump"));
      use(program, 1000);
      awaitStored(program);
      use(program, 1000);
      program.ask("close");
      assertEquals(2000, program.balancedStats().stored());
      program.end();
    }
    try (Stored stored = Stored.in(database())) {
      String before = " JOIN skill_telemetry b ON b.rowid = a.rowid - 1";
      long back = count(stored, before + " WHERE a.timestamp < b.timestamp");
      long forth = count(stored, before + " WHERE a.timestamp > b.timestamp");
      assertTrue(back > 0 && forth > 0, back + " " + forth);

      assertEquals(0, count(stored, before + " WHERE a.id <= b.id"));
      stored.assertOnceEach(NAME, 2000);
    }
    assertEquals(2000, reportOfAnother(launch()));
  }

  private static long count(Stored stored, String joinAndWhere) throws Exception {
    return Long.parseLong(stored.text("SELECT COUNT(*) FROM skill_telemetry a" + joinAndWhere));
  }
}
