package dev.autoskill.telemetry.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.integration.JavaProcess.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests of a user's skills, run by Maven: with the extension, and without. */
class SkillTestsTest {

  @TempDir Path directory;

  @Test
  void succeedAlsoInCiAndLeaveNothingInTheHomeDirectory() {
    MavenProject project = new MavenProject(directory, "skill-unit-test");

    for (Map<String, String> environment :
        List.<Map<String, String>>of(Map.of(), Map.of("CI", "true", "DO_NOT_TRACK", "1"))) {
      Result result = project.test(environment);

      assertEquals(0, result.exitCode(), result.out() + result.err());
      assertTrue(result.out().contains("Tests run: 5, Failures: 0, Errors: 0, Skipped: 0"));
      assertEquals(List.of(), project.filesInHome());
    }
  }

  /** Eight at a time, all of which use the same skill. */
  @Test
  void seeTheirOwnUsesAlsoWhereManyRunAtOnce() {
    String parallel = "-Djunit.jupiter.execution.parallel.";

    MavenProject project = new MavenProject(directory, "skill-unit-test");
    Result result =
        project.test(
            Map.of("CI", "true"),
            "-Dtest=AtOnce",
            parallel + "enabled=true",
            parallel + "mode.default=concurrent",
            parallel + "config.strategy=fixed",
            parallel + "config.fixed.parallelism=8");

    assertEquals(0, result.exitCode(), result.out() + result.err());
    assertTrue(result.out().contains("Tests run: 200, Failures: 0, Errors: 0, Skipped: 0"));
    assertEquals(List.of(), project.filesInHome());
  }
}
