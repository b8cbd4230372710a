package dev.autoskill.telemetry.field;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The plugin that the README shows, in Maven projects of other shapes than the examples. */
class MavenBuildsTest {

  /** The interface's annotation is for its default method, not for those that implement it. */
  private static final Map<String, String> MULTI_MODULE =
      Map.of("api.count", "success", "core.x", "success", "tools.shout", "success");

  private static final Map<String, String> SPRING_BOOT_PARENT =
      Map.of("booted", "success", "fails", "failure");

  @TempDir Path directory;

  @Test
  void severalModulesWithThePluginManagedByTheirParent() {
    MavenProject project = new MavenProject(directory, "multi-module");

    project.build();

    assertEquals(new TreeMap<>(MULTI_MODULE), project.run("app", "acme.Main"));
  }

  /** Which has an AspectJ version of its own. */
  @Test
  @EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "a second build")
  void parentOfSpringBoot() {
    MavenProject project = new MavenProject(directory, "spring-boot-parent");

    project.build();

    assertEquals(new TreeMap<>(SPRING_BOOT_PARENT), project.run("", "acme.Main"));
  }
}
