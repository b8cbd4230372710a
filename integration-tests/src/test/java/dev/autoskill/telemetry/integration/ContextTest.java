package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skills.ContextProgram;

/** Session and agent are those at the call, whatever a skill opens and closes. */
class ContextTest {

  private static final int MORE_THAN_ALL = 1_000_000;
  private static final String OF_THE_PROCESS = "of-the-process";
  private static final String CALLERS = ContextProgram.CALLERS;

  private static final Map<String, Set<String>> EXPECTED =
      Map.ofEntries(
          Map.entry("opens-the-first", Set.of(OF_THE_PROCESS)),
          Map.entry("leaves-open", Set.of(CALLERS)),
          Map.entry("opens-one-for-the-inner", Set.of(CALLERS)),
          Map.entry("inner", Set.of("own")),
          Map.entry("closes-the-callers", Set.of(CALLERS)),
          Map.entry("closes-the-callers-and-throws", Set.of(CALLERS)),
          Map.entry("stage", Set.of(CALLERS)),
          Map.entry("future", Set.of(CALLERS)),
          Map.entry("publisher", Set.of(CALLERS)),
          Map.entry("deep", sessionsOfDeep()),
          Map.entry("bottomless", Set.of(CALLERS)),
          Map.entry("not-in-any", Set.of(OF_THE_PROCESS)));

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(
      value = Weaving.class,
      names = {"LOAD_TIME", "COMPILE_TIME", "BOTH"})
  void eachUseIsOfTheContextInWhichItWasCalled(Weaving weaving) {
    Path database = directory.resolve("telemetry.db");

    Result result = run(weaving, database);

    assertEquals(new Result(0, "", ""), result);
    assertEquals(new TreeMap<>(EXPECTED), sessions(database));
  }

  private Result run(Weaving weaving, Path database) {
    Path classes =
        WovenProgram.prepare(ContextProgram.class, weaving, directory.resolve("classes"));
    List<String> arguments = new ArrayList<>();
    arguments.add("-Dautoskill.telemetry.session=" + OF_THE_PROCESS);
    arguments.addAll(WovenProgram.arguments(ContextProgram.class, weaving, classes));
    Map<String, String> environment = Map.of("AUTO_SKILL_TELEMETRY_DB", database.toString());
    return JavaProcess.run(directory, environment, arguments);
  }

  private static Map<String, Set<String>> sessions(Path database) {
    try (TelemetryCollector telemetry = Reading.of(database)) {
      Map<String, Set<String>> sessions = new TreeMap<>();
      for (TelemetryEvent event : telemetry.getEvents(null, MORE_THAN_ALL)) {
        sessions
            .computeIfAbsent(event.skillName(), skill -> new TreeSet<>())
            .add(event.sessionId());
      }
      return sessions;
    }
  }

  /** Each call finds what the one before it has left open. */
  private static Set<String> sessionsOfDeep() {
    Set<String> sessions = new TreeSet<>(Set.of(CALLERS));
    for (int depth = 1; depth <= ContextProgram.DEEPEST; depth++) {
      sessions.add("deep-" + depth);
    }
    return sessions;
  }
}
