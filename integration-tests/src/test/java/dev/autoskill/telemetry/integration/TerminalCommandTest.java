package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command on a real terminal, which {@code script} makes, and in a pipe that closes. */
@Timeout(120)
class TerminalCommandTest {

  private static final String RED = "\u001b[31m";
  private static final String CLEAR = "\u001b[H\u001b[2J";

  @TempDir Path directory;
  private Path database;
  private String launcher;

  @BeforeEach
  void recordUses() throws IOException {
    database = directory.resolve("telemetry.db");
    TelemetryConfig config = TelemetryConfig.builder().database(database).build();
    Environment environment = Environment.of(Map.of("HOME", directory.toString()));
    try (TelemetryCollector telemetry =
        TelemetryCollector.open(config, environment, TimeSource.system())) {
      for (int i = 0; i < 3000; i++) {
        telemetry.recordEvent(SkillUse.of("find-broken-links").outcome(Outcome.FAILURE));
      }
    }
    try (Stream<Path> all = Files.walk(Repository.path("telemetry-cli/target"), 4)) {
      launcher =
          all.filter(file -> file.endsWith("skill-telemetry/bin/skill-telemetry"))
              .findFirst()
              .orElseThrow()
              .toString();
    }
  }

  @Test
  void aTerminalHasColoursAndItsOwnWidth() throws Exception {
    Process process =
        onTerminal("stty cols 46; '%s' report --db '%s'".formatted(launcher, database));
    String out = text(process.getInputStream());

    assertEquals(0, process.waitFor(), out);
    assertTrue(out.contains(RED + "0.0%"), out);
    assertTrue(out.contains("Failed"), out);
    assertFalse(out.contains("Partial"), out);
    assertTrue(
        out.lines()
            .takeWhile(line -> !line.startsWith("Uses since"))
            .allMatch(line -> line.replaceAll("\u001b\\[\\d*m", "").length() <= 46),
        out);
  }

  @Test
  void aPipeHasNeither() throws Exception {
    Process process = shell("'%s' report --db '%s' | cat".formatted(launcher, database)).start();
    String out = text(process.getInputStream());

    assertEquals(0, process.waitFor(), out);
    assertTrue(out.contains("Partial"), out);
    assertEquals(-1, out.indexOf('\u001b'), out);
  }

  @Test
  void watchDrawsAgainUntilItIsStopped() throws Exception {
    Process process = onTerminal("'%s' watch --every 1 --db '%s'".formatted(launcher, database));
    try (InputStream in = process.getInputStream()) {
      StringBuilder out = new StringBuilder();
      int draws = 0;
      while (draws < 2) {
        int next = in.read();
        assertTrue(next >= 0, out.toString());
        out.append((char) next);
        draws += out.toString().endsWith(CLEAR) ? 1 : 0;
      }
      assertTrue(out.toString().contains("find-broken-links"), out.toString());
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  @Test
  void aReaderWhoHasSeenEnoughEndsItQuietly() throws Exception {
    String command =
        "{ '%s' export --db '%s' --format csv 2>err.txt; echo $? >code.txt; } | head -1"
            .formatted(launcher, database);
    Process process = shell(command).start();
    String out = text(process.getInputStream());
    process.waitFor();

    assertTrue(out.startsWith("id,skillId,"), out);
    assertEquals(1, out.lines().count());
    assertEquals("", Files.readString(directory.resolve("err.txt")));
    assertEquals("0\n", Files.readString(directory.resolve("code.txt")));
  }

  private Process onTerminal(String command) throws IOException {
    boolean hasScript =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "script")));
    assumeTrue(hasScript, "there is no script(1) to make a terminal with");
    ProcessBuilder builder = shell("");
    builder.command("script", "-qec", command, "/dev/null");
    return builder.start();
  }

  private ProcessBuilder shell(String command) {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command)
            .directory(directory.toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    Stream.of("COLUMNS", "NO_COLOR", "FORCE_COLOR").forEach(environment::remove);
    environment.put("TERM", "xterm");
    environment.put("SHELL", "/bin/sh");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("HOME", directory.toString());
    // No archive can be made there.
    environment.put("XDG_CACHE_HOME", "/dev/null");
    return builder;
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
