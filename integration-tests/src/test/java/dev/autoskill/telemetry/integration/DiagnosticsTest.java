package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skills.DiagnosticsProgram;

/** Telemetry that does not work says why. */
class DiagnosticsTest {

  private static final String PROGRAM = DiagnosticsProgram.class.getName();

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(
      value = Weaving.class,
      names = {"LOAD_TIME", "COMPILE_TIME", "BOTH", "AGENT"})
  void saysThatSkillsAreWoven(Weaving weaving) throws IOException {
    List<String> lines = lines(weaving, Map.of());

    assertTrue(lines.contains("recording: on"), lines::toString);
    assertTrue(lines.contains("database: " + database()), lines::toString);
    assertTrue(lines.contains("aspect: present"), lines::toString);
    String weaver = weaving == Weaving.COMPILE_TIME ? "no agent was started" : "present";
    assertTrue(lines.contains("weaver: " + weaver), lines::toString);
    assertTrue(lines.contains("woven methods: 2, used: 1"), lines::toString);
    assertEquals(List.of(), startingWith("not woven", lines));
    assertEquals(List.of(), startingWith("trouble", lines));
  }

  @Test
  void findsSkillsThatNobodyWove() throws IOException {
    List<String> lines = lines(Weaving.NONE, Map.of());

    assertTrue(lines.contains("woven methods: 0, used: 0"), lines::toString);
    assertEquals(
        List.of("not woven: " + PROGRAM + ".unused", "not woven: " + PROGRAM + ".used"),
        startingWith("not woven", lines));
    // To ask for it is not to record anything.
    assertTrue(Files.notExists(database().getParent()));
  }

  @Test
  void saysWhyNothingIsRecorded() throws IOException {
    assertTrue(
        lines(Weaving.LOAD_TIME, Map.of("DO_NOT_TRACK", "1"))
            .contains("recording: off, since the environment variable DO_NOT_TRACK is set"));
    assertTrue(Files.notExists(database()));
  }

  private List<String> lines(Weaving weaving, Map<String, String> variables) throws IOException {
    Map<String, String> environment = new TreeMap<>(variables);
    environment.put("AUTO_SKILL_TELEMETRY_DB", database().toString());
    environment.put("XDG_CACHE_HOME", directory.resolve("cache").toString());
    for (String classes : List.of("classes", "woven")) {
      Path list = directory.resolve(classes).resolve("META-INF/autoskill-telemetry/tracked-skills");
      Files.createDirectories(list.getParent());
      Files.writeString(list, "# autoskill-telemetry tracked-skills 1\n" + PROGRAM + "\n");
    }
    JavaProcess.Result result =
        WovenProgram.run(DiagnosticsProgram.class, weaving, directory, environment);
    assertEquals("", result.err());
    return result.out().lines().toList();
  }

  private Path database() {
    return directory.resolve("telemetry").resolve("telemetry.db");
  }

  private static List<String> startingWith(String start, List<String> lines) {
    return lines.stream().filter(line -> line.startsWith(start)).toList();
  }
}
