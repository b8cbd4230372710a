package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactive.ReactiveProgram;

/** A skill that returns a Mono or a Flux ends when its first subscription does. */
class ReactorTest {

  private static final Map<String, String> EXPECTED =
      Map.of(
          "mono", "success success failure success skipped",
          "flux", "success success failure skipped success success skipped",
          "publisher", "failure success",
          "connectable", "success",
          "object", "success",
          "first-of-two", "success",
          "throws", "failure",
          "null", "success",
          "slow", "success");

  @TempDir Path directory;

  @Test
  void endsWithItsFirstSubscription() {
    LibraryProgram program =
        LibraryProgram.ofPackage(ReactiveProgram.class, directory)
            .withAopXml("<aspectj><weaver><include within=\"reactive..*\"/></weaver></aspectj>");
    Result unwoven = program.run(Weaving.NONE);
    assertEquals(0, unwoven.exitCode(), unwoven.err());

    assertEquals(unwoven, program.run(Weaving.LOAD_TIME));

    assertEquals(new TreeMap<>(EXPECTED), program.outcomes(Weaving.LOAD_TIME));
    assertTrue(durationOfSlow(program) >= 50);
  }

  private static long durationOfSlow(LibraryProgram program) {
    return program.events(Weaving.LOAD_TIME).stream()
        .filter(event -> event.skillName().equals("slow"))
        .mapToLong(TelemetryEvent::durationMs)
        .sum();
  }
}
