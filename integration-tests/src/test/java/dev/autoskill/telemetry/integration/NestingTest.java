package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skills.nesting.NestingProgram;

/** Skills within skills. While they are loaded, a user's own aspect picks out the same methods. */
class NestingTest {

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(
      value = Weaving.class,
      names = {"LOAD_TIME", "COMPILE_TIME", "BOTH"})
  void eachUseIsRecordedOnceAndKnowsItsDepth(Weaving weaving) {
    Path database = directory.resolve("telemetry.db");
    Map<String, String> environment = Map.of("AUTO_SKILL_TELEMETRY_DB", database.toString());

    Result result = WovenProgram.run(NestingProgram.class, weaving, directory, environment);

    assertEquals("", result.err());
    assertEquals(
        List.of("outer at 1", "inner at 2", "outer again at 1", "recursive at 4", "main at 0"),
        result.out().lines().toList());
    try (TelemetryCollector telemetry = TelemetryCollector.open(database)) {
      Map<String, List<Outcome>> outcomes =
          telemetry.getEvents().stream()
              .collect(
                  Collectors.groupingBy(
                      TelemetryEvent::skillName,
                      Collectors.mapping(TelemetryEvent::outcome, Collectors.toList())));
      List<Outcome> pickedOut = outcomes.remove("NestingProgram.pickedOut");
      assertEquals(weaving.hasAgent() ? List.of(Outcome.SUCCESS) : null, pickedOut);
      assertEquals(
          Map.of(
              "outer", List.of(Outcome.PARTIAL),
              "inner", List.of(Outcome.SKIPPED),
              "recursive", List.of(Outcome.SUCCESS, Outcome.SUCCESS, Outcome.SUCCESS)),
          outcomes);
    }
  }
}
