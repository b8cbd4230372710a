package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both kinds of servers, called by the official client for Node. */
class NpmClientTest {

  @TempDir Path directory;

  @BeforeAll
  static void install() {
    NpmClient.install();
  }

  @Test
  void callsTheToolsOfTheExample() throws IOException {
    TextToolsServer example = new TextToolsServer(directory);
    Path missing = directory.resolve("missing.md");

    List<String> answers =
        answers(
            example.environment(),
            TextToolsServer.ARGUMENTS,
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
  void asksTheCommandForAReport() throws IOException {
    Path database = directory.resolve("telemetry.db");
    Files.copy(
        Repository.path("telemetry-store/src/test/resources/interop/auto-skill-node.db"), database);

    List<String> answers =
        answers(
            Map.of("HOME", directory.toString()),
            List.of("-jar", Repository.agentJar().toString(), "mcp", "--db", database.toString()),
            "{\"name\":\"skill_report\",\"arguments\":{\"since\":\"all\"}}",
            "{\"name\":\"skill_report\",\"arguments\":{\"since\":\"yesterday\"}}");

    assertEquals(
        "skill_report skill_trend skill_compare skill_events skill_doctor", answers.get(0));
    assertTrue(answers.contains("Skills: 7 (since: all)."), answers.toString());
    assertTrue(answers.get(answers.size() - 1).startsWith("error: "), answers.toString());
  }

  /** The names of the tools, and the text of each answer; there is nothing on stderr. */
  private List<String> answers(
      Map<String, String> environment, List<String> server, String... calls) throws IOException {
    List<String> answers =
        NpmClient.answers(
            JavaProcess.builder(JavaProcess.JDK, directory, environment, server), List.of(calls));
    assertEquals("", Files.readString(directory.resolve("err.txt")));
    return answers;
  }
}
