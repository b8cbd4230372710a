package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skills.MappedSkill;
import skills.OneSkill;

/** The classes that are loaded beforehand are those that a short program needs. */
class StartUpClassesTest {

  private static final String LIBRARY = "dev.autoskill.telemetry.";

  @TempDir Path directory;

  /** They must not be initialised where a skill ends, which may be at the end of the stack. */
  @Test
  void whatAskingAMapperTakesIsThereBeforeTheSkillRuns() throws Exception {
    Set<String> loaded = loaded(MappedSkill.class, "-XX:ActiveProcessorCount=1");

    assertTrue(loaded.contains("outcome.OutcomeThread"), loaded::toString);
    assertTrue(loaded.contains("outcome.PendingUse"), loaded::toString);
  }

  /** The library makes each of its threads by {@code DetachedThread}. */
  @Test
  void whoOptedOutHasNoThread() throws Exception {
    Set<String> loaded =
        loaded(OneSkill.class, "-XX:ActiveProcessorCount=2", Map.of("DO_NOT_TRACK", "1"));

    assertTrue(loaded.contains("Telemetry"), loaded::toString);
    assertFalse(loaded.contains("StartUp"), loaded::toString);
    assertFalse(loaded.contains("event.DetachedThread"), loaded::toString);
  }

  private Set<String> loaded(Class<?> program, String option) throws Exception {
    return loaded(program, option, Map.of());
  }

  private Set<String> loaded(Class<?> program, String option, Map<String, String> wishes)
      throws Exception {
    Path log = directory.resolve("classes.log");
    Map<String, String> environment = new HashMap<>(wishes);
    environment.put(
        "AUTO_SKILL_TELEMETRY_DB", directory.resolve("telemetry/telemetry.db").toString());
    environment.put("JDK_JAVA_OPTIONS", option + " -Xlog:class+load:file=" + log);
    Result result = WovenProgram.run(program, Weaving.COMPILE_TIME, directory, environment);
    assertEquals(0, result.exitCode(), result.err());
    Set<String> names = new TreeSet<>();
    Pattern.compile(" " + Pattern.quote(LIBRARY) + "(\\S+) source")
        .matcher(Files.readString(log))
        .results()
        .map(MatchResult::group)
        .map(line -> line.substring(1 + LIBRARY.length(), line.length() - " source".length()))
        .forEach(names::add);
    return names;
  }
}
