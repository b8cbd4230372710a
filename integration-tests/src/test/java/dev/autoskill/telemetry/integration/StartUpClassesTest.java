package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
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

  /** With most of these, a thread that starts now would not be ahead. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "aspect.SkillAspect",
          "aspect.TrackedSkillAspect",
          "aspect.SkillCalls",
          "aspect.Overflow",
          "Telemetry",
          "privacy.Environment",
          "privacy.Environment$1",
          "privacy.OptOut",
          "privacy.OptOut$Mode",
          "privacy.CiVariables",
          "StartUp",
          "TelemetryCollector",
          "TelemetryConfig",
          "TelemetryConfig$Builder",
          "writer.TimeSource",
          "writer.TimeSource$1",
          "Assembly",
          "Settings",
          "Settings$Setting",
          "SettingRules",
          "writer.Faults",
          "writer.RandomBits",
          "writer.EventFactory",
          "AgentDetection",
          "privacy.PrivacyGuard",
          "privacy.LocalNameSources",
          "writer.StoredTexts",
          "writer.Recorder$Options",
          "Storage",
          "event.DetachedThread",
          // By those who look for mappers beforehand, or else by who asks for them.
          "annotations.OutcomeMapper",
          // Only where nobody has found out beforehand that there are no mappers.
          "outcome.OutcomeThread",
          "outcome.OutcomeThread$Worker",
          "outcome.OutcomeThread$TooSlow",
          "outcome.FutureWatch",
          "outcome.FutureWatch$Looker",
          "outcome.Question",
          "outcome.Watched");

  @TempDir Path directory;

  @Test
  void areThoseThatAreNeeded() throws Exception {
    // One processor has no time to load anything beforehand.
    Set<String> needed = loaded("-XX:ActiveProcessorCount=1");
    needed.removeAll(LEFT_OUT);
    Set<String> listed = new TreeSet<>();
    for (String list : List.of("FOR_THE_CALL", "FOR_THE_ASPECT", "FOR_THE_WRITER")) {
      listed.addAll(List.of(list(list)));
    }

    assertEquals(needed, listed);
  }

  /** Which mappers modules provide, the class path does not say. */
  @Test
  void nothingIsConcludedFromTheClassPathWhereTheLibraryIsAModule() throws Exception {
    String library = WovenProgram.productClassPath();
    Set<String> loaded =
        loaded("-p " + library + " --add-modules ALL-MODULE-PATH -XX:ActiveProcessorCount=2");

    assertTrue(loaded.contains("outcome.RegisteredMappers"), loaded::toString);
    assertFalse(loaded.contains("outcome.ServiceSearch"), loaded::toString);
  }

  /** They must not be initialised where a skill ends, which may be at the end of the stack. */
  @Test
  void whatAskingAMapperTakesIsThereBeforeTheSkillRuns() throws Exception {
    Set<String> loaded = loaded(MappedSkill.class, "-XX:ActiveProcessorCount=1");

    assertTrue(loaded.contains("outcome.OutcomeThread$Worker"), loaded::toString);
    assertTrue(loaded.contains("outcome.Question"), loaded::toString);
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

  private static String[] list(String name) throws ReflectiveOperationException {
    Field list = Class.forName(LIBRARY + "StartUp").getDeclaredField(name);
    list.setAccessible(true);
    return (String[]) list.get(null);
  }

  /** The library's own classes, named as it lists them. */
  private Set<String> loaded(String option) throws Exception {
    return loaded(OneSkill.class, option);
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
