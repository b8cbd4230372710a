package dev.autoskill.telemetry.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  private static final List<String> KNOWN = List.of("store", "reports");

  @Test
  void withoutAnyAllSectionsTakeTheirTime() {
    assertEquals(new Arguments(Effort.FULL, KNOWN), Arguments.of(new String[0], KNOWN));
  }

  @Test
  void sectionsAreSelectedByName() {
    assertEquals(
        new Arguments(Effort.QUICK, List.of("reports")),
        Arguments.of(new String[] {"reports", "--quick"}, KNOWN));
  }

  @Test
  void anUnknownWordIsRefusedAndTheKnownOnesAreNamed() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> Arguments.of(new String[] {"--fast"}, KNOWN));

    assertEquals(
        "unknown argument '--fast'; known are --quick and the sections store, reports",
        refused.getMessage());
  }
}
