package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skills.matrix.Ending;
import skills.matrix.MatrixProgram;
import skills.matrix.Placement;

/**
 * Each way to weave, with each placement, and with each ending wherever the annotation is read in
 * another way.
 */
class MatrixTest {

  private static final int MORE_THAN_ALL = 1_000_000;

  /** As {@code -Xverify:all} did before it was deprecated. */
  private static final List<String> VERIFYING_ALL =
      List.of(
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:+BytecodeVerificationLocal",
          "-XX:+BytecodeVerificationRemote");

  /** A use as the program itself saw it. */
  private record Seen(String verdict, long shortestNanos, long longestNanos) {}

  /** The results of a run of the program, by session: each use is one. */
  private record Run(Map<String, Seen> seen, Map<String, List<TelemetryEvent>> events) {}

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(
      value = Weaving.class,
      names = {"LOAD_TIME", "COMPILE_TIME", "BOTH"})
  void everyUseIsRecordedOnceAsItEnded(Weaving weaving) {
    Run run = run(weaving);

    assertAll(Arrays.stream(Placement.values()).flatMap(placement -> cells(placement, run)));
  }

  private static Stream<Executable> cells(Placement placement, Run run) {
    return Arrays.stream(Ending.values())
        .filter(placement::allows)
        .map(ending -> () -> check(placement, ending, run));
  }

  private static void check(Placement placement, Ending ending, Run run) {
    String name = placement + "." + ending;
    Seen seen = run.seen.get(name);
    List<TelemetryEvent> events = run.events.getOrDefault(name, List.of());
    assertNotNull(seen, name);
    assertEquals("untouched", seen.verdict, name);
    if (placement.skillName() == null || ending.outcome() == null) {
      assertEquals(List.of(), events, name);
      return;
    }
    assertEquals(1, events.size(), name + events);
    TelemetryEvent event = events.get(0);
    assertAll(
        name,
        () -> assertEquals(placement.skillName(), event.skillName()),
        () -> assertEquals(placement.skillId(), event.skillId()),
        () -> assertEquals(ending.outcome(), event.outcome()),
        () -> assertTrue(event.durationMs() >= millis(seen.shortestNanos), seen + " " + event),
        () -> assertTrue(event.durationMs() <= millis(seen.longestNanos), seen + " " + event));
  }

  private Run run(Weaving weaving) {
    Path database = directory.resolve("telemetry.db");
    Path classes = WovenProgram.prepare(MatrixProgram.class, weaving, directory.resolve("classes"));
    List<String> arguments = new ArrayList<>(VERIFYING_ALL);
    arguments.addAll(WovenProgram.arguments(MatrixProgram.class, weaving, classes));
    Map<String, String> environment = Map.of("AUTO_SKILL_TELEMETRY_DB", database.toString());
    Result result = JavaProcess.run(directory, environment, arguments);
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("", result.err());
    Map<String, Seen> seen = new TreeMap<>();
    for (String line : result.out().lines().toList()) {
      String[] parts = line.split(" ");
      assertEquals(4, parts.length, line);
      seen.put(parts[0], new Seen(parts[1], Long.parseLong(parts[2]), Long.parseLong(parts[3])));
    }
    try (TelemetryCollector telemetry = Reading.of(database)) {
      return new Run(
          seen,
          telemetry.getEvents(null, MORE_THAN_ALL).stream()
              .collect(Collectors.groupingBy(TelemetryEvent::sessionId)));
    }
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
