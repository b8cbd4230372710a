package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
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
    launcher = Files.createSymbolicLink(directory.resolve("linked"), Repository.launcher());
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

  /** Every program with the agent would have the driver, which its own one must not meet. */
  @Test
  void theAgentsJarSaysThatItHasNoDriver() throws Exception {
    String agent = Repository.agentJar().toString();

    assertTrue(run(java(), "-jar", agent, "sync", "--help").contains("--dry-run"));
    for (String command : List.of("push", "status")) {
      Process process =
          start("/dev/null", java(), "-jar", agent, "sync", command, "--to", "jdbc:postgresql:x");
      assertEquals(3, process.waitFor());
    }
    String launched =
        run(launcher.toString(), "sync", "status", "--format=csv", "--to=jdbc:postgresql:x");
    assertTrue(launched.endsWith("jdbc:postgresql:x,0,600,\r\n"), launched);
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

  /** A stand-in for a JDK prints its arguments, and makes an empty archive where it is to. */
  @Test
  void theLauncherUsesNoArchiveBelowAFolderThatOthersMayWrite() throws Exception {
    Path jdk = Files.createDirectories(directory.resolve("jdk/bin")).getParent();
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    Path java = jdk.resolve("bin/java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        for each; do
          case $each in -XX:ArchiveClassesAtExit=*) : >"${each#*=}" ;; esac
        done
        echo "$@"
        """);
    assertTrue(java.toFile().setExecutable(true));
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Path cache = shared.resolve("cache");

    assertFalse(arguments(jdk, cache).contains("SharedArchiveFile"));
    assertTrue(arguments(jdk, cache).contains("-XX:SharedArchiveFile=" + cache.toRealPath()));
    for (String open : List.of("rwxrwx---", "rwxr-xrwx")) {
      Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString(open));
      assertFalse(arguments(jdk, cache).contains("SharedArchiveFile"), open);
    }
    // Nobody can move what is another's.
    Files.setAttribute(shared, "unix:mode", 01777);
    assertTrue(arguments(jdk, cache).contains("SharedArchiveFile"));
    Files.move(cache.resolve("autoskill-telemetry"), directory.resolve("elsewhere"));
    Files.createSymbolicLink(cache.resolve("autoskill-telemetry"), directory.resolve("elsewhere"));
    assertFalse(arguments(jdk, cache).contains("SharedArchiveFile"));
  }

  /** Returns when the launcher has ended, and what it does in the background. */
  private String arguments(Path jdk, Path cache) throws IOException, InterruptedException {
    Path out = directory.resolve("arguments.txt");
    // Each of its processes inherits the third descriptor, which is the pipe that is read here.
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh", "-c", "\"$0\" report 3>&1 >\"$1\"", launcher.toString(), out.toString());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    Process process = builder.start();
    assertEquals("", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertEquals(0, process.waitFor());
    return Files.readString(out);
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
