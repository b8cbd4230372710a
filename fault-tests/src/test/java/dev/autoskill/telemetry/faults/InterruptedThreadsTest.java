package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Somebody interrupts every thread of the process, over and over. */
class InterruptedThreadsTest extends FaultTest {

  @Test
  void losesNothingAndLeavesCallersTheirFlag() throws Exception {
    try (ProgramProcess program = launch().start()) {
      use(program, 1);
      assertTrue(program.number("interrupt 20000") > 0);
      awaitStored(program);
      assertTrue(program.number("interrupt 20000") > 0);
      awaitStored(program);
      Stats stats = program.balancedStats();
      assertEquals(40_001, stats.recorded());
      assertEquals(40_001, stats.stored());
      program.end();
    }
    try (Stored stored = Stored.in(database())) {
      stored.assertOnceEach(NAME, 40_001);
    }
  }
}
