package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both kinds of servers, called by the official client for Node. */
class NpmClientTest {

  private static final Path SOURCES = Repository.path("integration-tests/src/test/npm-client");
  private static final Path CLIENT = Repository.path("integration-tests/target/npm-client");

  @TempDir Path directory;

  @BeforeAll
  static void install() throws Exception {
    Files.createDirectories(CLIENT);
    for (String file : List.of("package.json", "client.mjs")) {
      Files.copy(SOURCES.resolve(file), CLIENT.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    String missing = "there is no npm, or it cannot get the client";
    try {
      Process npm =
          new ProcessBuilder(
                  List.of("npm", "install", "--ignore-scripts", "--no-audit", "--no-package-lock"))
              .directory(CLIENT.toFile())
              .redirectErrorStream(true)
              .redirectOutput(CLIENT.resolve("npm.log").toFile())
              .start();
      assumeTrue(npm.waitFor() == 0, missing);
    } catch (IOException e) {
      assumeTrue(false, missing);
    }
  }

  @Test
  void callsTheToolsOfTheExample() throws Exception {
    TextToolsServer example = new TextToolsServer(directory);
    List<String> server = new ArrayList<>(List.of(TextToolsServer.JAVA));
    server.addAll(TextToolsServer.ARGUMENTS);
    Path missing = directory.resolve("missing.md");

    List<String> answers =
        answers(
            example.environment(),
            server,
            "{\"name\":\"count-words\",\"arguments\":{\"text\":\"one two three\"}}",
            "{\"name\":\"list-headings\",\"arguments\":{\"file\":\"%s\"}}".formatted(missing),
            "{\"name\":\"count-lines\",\"arguments\":{\"file\":\"%s\"}}".formatted(missing));

    assertEquals("count-words list-headings count-lines", answers.get(0));
    assertEquals("3", answers.get(1));
    assertEquals("error: There is no such file.", answers.get(2));
    assertTrue(answers.get(3).startsWith("error: "), answers.toString());
    assertEquals(4, answers.size(), answers.toString());
    example.assertUses(
        "count-lines failure claude-code",
        "list-headings failure claude-code",
        "count-words success claude-code");
  }

  @Test
  void asksTheCommandForAReport() throws Exception {
    Path database = directory.resolve("telemetry.db");
    Files.copy(
        Repository.path("telemetry-store/src/test/resources/interop/auto-skill-node.db"), database);

    List<String> answers =
        answers(
            Map.of("HOME", directory.toString()),
            List.of(
                TextToolsServer.JAVA,
                "-jar",
                Repository.agentJar().toString(),
                "mcp",
                "--db",
                database.toString()),
            "{\"name\":\"skill_report\",\"arguments\":{\"since\":\"all\"}}",
            "{\"name\":\"skill_report\",\"arguments\":{\"since\":\"yesterday\"}}");

    assertEquals(
        "skill_report skill_trend skill_compare skill_events skill_doctor", answers.get(0));
    assertTrue(answers.contains("Skills: 7 (since: all)."), answers.toString());
    assertTrue(answers.get(answers.size() - 1).startsWith("error: "), answers.toString());
  }

  /** The names of the tools, and the text of each answer. */
  private List<String> answers(
      Map<String, String> environment, List<String> server, String... calls)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "node",
                CLIENT.resolve("client.mjs").toString(),
                "[" + String.join(",", calls) + "]"));
    command.addAll(server);
    Path err = directory.resolve("err.txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process client = builder.start();
    try {
      client.getOutputStream().close();
      List<String> lines = client.inputReader().lines().toList();
      assertEquals(0, client.waitFor(), () -> lines.toString());
      // The server's lines there come here, too.
      assertEquals("", Files.readString(err));
      return lines;
    } finally {
      client.destroyForcibly();
    }
  }
}
