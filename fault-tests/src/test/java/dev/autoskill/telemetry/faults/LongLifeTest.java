package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program with a small heap that lives long, names ever new skills and asks for reports. */
class LongLifeTest extends FaultTest {

  private static final int REPORTS = FaultRun.pick(4, 60);
  private static final int MILLIS_BETWEEN = FaultRun.pick(500, 60_000);
  private static final int NAMES_PER_HOUR = FaultRun.pick(1_000_000, 1_000);
  private static final String PACE = "names 1000 %d %d".formatted(MILLIS_BETWEEN, NAMES_PER_HOUR);

  /** Caches may grow by so much in a round, with the reports' own garbage. */
  private static final long NOISE_BYTES = 4 * 1024 * 1024;

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void itsHeapStaysFlatAndItsCallsAsQuickAsWithoutTelemetry() throws Exception {
    Times without;
    try (ProgramProcess off = launch().with("-Dautoskill.telemetry.disabled=true").start()) {
      off.ask(PACE);
      without = Times.of(off.ask(PACE));
      off.end();
    }
    try (ProgramProcess program = launch().with("-Xmx64m", "-XX:+ExitOnOutOfMemoryError").start()) {
      long uses = Times.of(program.ask(PACE)).calls();
      assertEquals(uses, program.number("report"));
      long heap = program.number("heap");
      for (int i = 1; i < REPORTS; i++) {
        Times times = Times.of(program.ask(PACE));
        times.assertLike(without);
        uses += times.calls();
        assertEquals(uses, program.number("report"));
        Figures.note("long life", times + ", heap " + program.number("heap"));
      }
      long grown = program.number("heap") - heap;
      assertTrue(grown < NOISE_BYTES, "the heap grew by " + grown);
      Stats stats = program.stats();
      assertEquals(0, stats.dropped() + stats.failed(), stats.toString());
      program.end();
    }
  }
}
