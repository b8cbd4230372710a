package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as it is delivered: in its distribution, and in the agent's jar. */
class CommandTest {

  private static final String JAVA_HOME = System.getProperty("java.home");

  @TempDir Path directory;
  private Path database;
  private Path launcher;

  @BeforeEach
  void makeALinkToTheLauncher() throws IOException {
    database = directory.resolve("telemetry.db");
    Files.copy(
        Repository.path("telemetry-store/src/test/resources/interop/auto-skill-node.db"), database);
    Path target = Repository.path("telemetry-cli/target");
    try (Stream<Path> all = Files.walk(target)) {
      Path delivered =
          all.filter(file -> file.endsWith("skill-telemetry/bin/skill-telemetry"))
              .findFirst()
              .orElseThrow();
      launcher = Files.createSymbolicLink(directory.resolve("linked"), delivered);
    }
  }

  @Test
  void theLauncherAndTheAgentsJarAnswerTheSame() throws Exception {
    String expected = run(launcher.toString(), "report", "--json=auto-skill");

    assertTrue(expected.startsWith("{\n  \"count\": 7,"), expected);
    assertEquals(
        expected,
        run(java(), "-jar", Repository.agentJar().toString(), "report", "--json=auto-skill"));
  }

  @Test
  void theLauncherPassesTheExitCodeOn() throws Exception {
    Process process = start("/dev/null", launcher.toString(), "no-such-command");
    assertEquals(2, process.waitFor());
  }

  /** As the launcher makes it in the background. */
  @Test
  void anArchiveOfTheTrainingChangesNoAnswer() throws Exception {
    boolean isAheadOfTime = Runtime.version().feature() >= 25;
    String make = isAheadOfTime ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
    String use = isAheadOfTime ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
    Path archive = directory.resolve("archive");
    String jar = launcher.toRealPath().resolveSibling("../lib/skill-telemetry.jar").toString();

    new ProcessBuilder(java(), make + archive, "-jar", jar, "--train")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();

    assertTrue(Files.size(archive) > 0);
    assertEquals(
        run(java(), "-jar", jar, "report", "--all"),
        run(java(), "-Xlog:disable", use + archive, "-jar", jar, "report", "--all"));
  }

  private String run(String... command) throws IOException, InterruptedException {
    // No archive can be made there.
    Process process = start("/dev/null", command);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out;
  }

  private Process start(String cache, String... command) throws IOException {
    List<String> all = new ArrayList<>(List.of(command));
    all.add("--db");
    all.add(database.toString());
    ProcessBuilder builder = new ProcessBuilder(all);
    builder.environment().put("JAVA_HOME", JAVA_HOME);
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("XDG_CACHE_HOME", cache);
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static String java() {
    return Path.of(JAVA_HOME, "bin", "java").toString();
  }
}
