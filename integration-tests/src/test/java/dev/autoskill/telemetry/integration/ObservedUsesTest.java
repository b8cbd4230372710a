package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skills.observed.ObservedProgram;

/** An observer that is registered as a service sees the uses of woven methods. */
class ObservedUsesTest {

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(
      value = Weaving.class,
      names = {"LOAD_TIME", "COMPILE_TIME", "AGENT"})
  void aUseIsObservedWhileItsBodyRunsAndUntilItsResultComes(Weaving weaving) {
    Path database = directory.resolve("telemetry.db");
    Map<String, String> environment = Map.of("AUTO_SKILL_TELEMETRY_DB", database.toString());

    Result result = WovenProgram.run(ObservedProgram.class, weaving, directory, environment);

    assertEquals("", result.err());
    Map<Boolean, List<String>> lines =
        result.out().lines().collect(Collectors.partitioningBy(line -> line.startsWith("ended")));
    assertEquals(
        List.of(
            "outer in none",
            "inner in outer",
            "current: outer",
            "failing in none",
            "thrown: true",
            "later in none",
            "returned: true",
            "returned: 7",
            "current: none"),
        lines.get(false));
    assertEquals(
        Set.of(
            "ended: outer PARTIAL",
            "ended: inner SUCCESS",
            "ended: failing FAILURE by IOException",
            "ended: later SUCCESS"),
        Set.copyOf(lines.get(true)));
    assertEquals(4, lines.get(true).size());
    try (TelemetryCollector telemetry = Reading.of(database)) {
      assertEquals(5, telemetry.getEvents().size());
    }
  }
}
