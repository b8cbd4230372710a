package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import skills.matrix.Ending;
import skills.matrix.MatrixProgram;
import skills.matrix.Placement;

/** Every way to weave, on the oldest and the newest JDK, by every placement, by every ending. */
class MatrixTest {

  private static final int MORE_THAN_ALL = 1_000_000;

  /** What {@code -Xverify:all} did before it was deprecated. */
  private static final List<String> VERIFYING_ALL =
      List.of(
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:+BytecodeVerificationLocal",
          "-XX:+BytecodeVerificationRemote");

  /** What the program itself saw of a use. */
  private record Seen(String verdict, long shortestNanos, long longestNanos) {}

  /** What a run of the program left behind, by session: each use is one. */
  private record Run(Map<String, Seen> seen, Map<String, List<TelemetryEvent>> events) {}

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicContainer> everyUseIsRecordedOnceAsItEnded() {
    List<DynamicContainer> runs = new ArrayList<>();
    for (Path jdk : Jdks.oldestAndNewest()) {
      for (Weaving weaving : List.of(Weaving.LOAD_TIME, Weaving.COMPILE_TIME, Weaving.BOTH)) {
        String name = weaving + " on " + Jdks.version(jdk);
        runs.add(dynamicContainer(name, cells(run(jdk, weaving, directory.resolve(name)))));
      }
    }
    return runs.stream();
  }

  private static Stream<DynamicTest> cells(Run run) {
    List<DynamicTest> cells = new ArrayList<>();
    for (Placement placement : Placement.values()) {
      for (Ending ending : Ending.values()) {
        if (placement.allows(ending)) {
          String name = placement + "." + ending;
          cells.add(
              dynamicTest(
                  name,
                  () ->
                      check(
                          placement,
                          ending,
                          run.seen.get(name),
                          run.events.getOrDefault(name, List.of()))));
        }
      }
    }
    return cells.stream();
  }

  private static void check(
      Placement placement, Ending ending, Seen seen, List<TelemetryEvent> events) {
    assertNotNull(seen);
    assertEquals("untouched", seen.verdict);
    if (placement.skillName() == null || ending.outcome() == null) {
      assertEquals(List.of(), events);
      return;
    }
    assertEquals(1, events.size(), events::toString);
    TelemetryEvent event = events.get(0);
    assertAll(
        () -> assertEquals(placement.skillName(), event.skillName()),
        () -> assertEquals(placement.skillId(), event.skillId()),
        () -> assertEquals(ending.outcome(), event.outcome()),
        () -> assertTrue(event.durationMs() >= millis(seen.shortestNanos), seen + " " + event),
        () -> assertTrue(event.durationMs() <= millis(seen.longestNanos), seen + " " + event));
  }

  private static Run run(Path jdk, Weaving weaving, Path folder) {
    Path database = folder.resolve("telemetry.db");
    Path classes = WovenProgram.prepare(MatrixProgram.class, weaving, folder.resolve("classes"));
    List<String> arguments = new ArrayList<>(VERIFYING_ALL);
    arguments.addAll(WovenProgram.arguments(MatrixProgram.class, weaving, classes));
    Map<String, String> environment = Map.of("AUTO_SKILL_TELEMETRY_DB", database.toString());
    Result result = JavaProcess.run(jdk, folder, environment, arguments);
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("", result.err());
    Map<String, Seen> seen = new TreeMap<>();
    for (String line : result.out().lines().toList()) {
      String[] parts = line.split(" ");
      assertEquals(4, parts.length, line);
      seen.put(parts[0], new Seen(parts[1], Long.parseLong(parts[2]), Long.parseLong(parts[3])));
    }
    try (TelemetryCollector telemetry = TelemetryCollector.open(database)) {
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
