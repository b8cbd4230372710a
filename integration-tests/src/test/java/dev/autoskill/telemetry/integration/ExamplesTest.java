package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExamplesTest {

  enum Example {
    LOAD_TIME_WEAVING("examples/load-time-weaving/target/"),
    COMPILE_TIME_WEAVING("examples/compile-time-weaving/target/");

    private final Path target;

    Example(String target) {
      this.target = Repository.path(target);
    }

    List<String> arguments(String... more) {
      List<String> arguments = new ArrayList<>();
      if (this == LOAD_TIME_WEAVING) {
        arguments.add("-javaagent:" + target.resolve("skill-telemetry-agent.jar"));
      }
      // The report opens the database, which on a busy machine takes longer than a query may wait.
      arguments.add("-Dautoskill.telemetry.query-timeout=PT1M");
      arguments.add("-jar");
      arguments.add(target.resolve("repo-skills.jar").toString());
      arguments.addAll(List.of(more));
      return arguments;
    }
  }

  private static final String INPUT =
      Repository.path("examples/load-time-weaving/input").toString();

  /** Uses, successes and failures on the shipped input. */
  private static final Map<String, List<Long>> EXPECTED =
      new TreeMap<>(
          Map.of(
              "count-todos", List.of(1L, 1L, 0L),
              "find-broken-links", List.of(1L, 1L, 0L),
              "find-duplicate-files", List.of(1L, 1L, 0L),
              "find-oversized-files", List.of(1L, 1L, 0L),
              "hash-tree", List.of(1L, 1L, 0L),
              "parse-xml", List.of(2L, 1L, 1L),
              "summarise-headings", List.of(1L, 1L, 0L)));

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void reportsTheSameCountsHoweverItIsWovenAndAddsUpOverRuns(Example example)
      throws JsonProcessingException {
    Result result = run(example.arguments("--json", INPUT), Map.of("AUTO_SKILL_AGENT", "cursor"));

    assertEquals(0, result.exitCode(), result.err());
    assertEquals(EXPECTED, counts(result.out()));
    JsonNode parseXml = report(result.out(), "parse-xml");
    assertEquals(0.5, parseXml.get("successRate").asDouble());
    assertEquals("[\"cursor\"]", parseXml.get("agentsUsed").toString());
    assertTrue(parseXml.get("lastUsed").asText().matches("20.*T.*\\.\\d{3}Z"));

    Result second = run(example.arguments("--json", INPUT), Map.of());

    assertEquals(List.of(4L, 2L, 2L), counts(second.out()).get("parse-xml"));
  }

  @Test
  void reportsOnThisRepositoryAsATable() {
    Result result = run(Example.LOAD_TIME_WEAVING.arguments(Repository.ROOT.toString()), Map.of());

    assertEquals(0, result.exitCode());
    assertEquals("", result.err());
    List<String> lines = result.out().lines().toList();
    int header =
        lines.indexOf(lines.stream().filter(l -> l.startsWith("Skill ")).findFirst().get());
    assertEquals(
        List.of("Skill", "Uses", "Successes", "Failures", "Rate", "Avg ms", "Agents", "Last used"),
        List.of(lines.get(header).split(" {2,}")));
    for (String skill : EXPECTED.keySet()) {
      assertTrue(
          lines.subList(header + 1, lines.size()).stream().anyMatch(l -> l.startsWith(skill + " ")),
          skill);
    }
  }

  @Test
  void inCiItShowsAReportIfAskedForLocalRecordingAndSaysSo() {
    Result result =
        run(
            Example.LOAD_TIME_WEAVING.arguments(INPUT),
            Map.of("CI", "true", "AUTO_SKILL_TELEMETRY", "local"));

    assertEquals("", result.err());
    assertEquals(
        1, result.out().lines().filter(l -> l.startsWith("AUTO_SKILL_TELEMETRY=local: ")).count());
    assertTrue(result.out().lines().anyMatch(l -> l.startsWith("parse-xml ")));
  }

  @ParameterizedTest
  @EnumSource
  void recordsNothingWhereTheUserOptedOut(Example example) {
    Result result =
        run(
            example.arguments(INPUT),
            Map.of("AUTO_SKILL_NO_TELEMETRY", "1", "AUTO_SKILL_TELEMETRY", "local"));

    assertEquals(0, result.exitCode());
    assertEquals("", result.err());
    assertTrue(result.out().contains("No skill use is stored yet."));
    assertFalse(Files.exists(database()));
  }

  @Test
  void putsTheDatabaseIntoTheHomeDirectoryByDefault() {
    List<String> arguments = Example.COMPILE_TIME_WEAVING.arguments(INPUT);

    JavaProcess.run(directory, Map.of("HOME", directory.toString()), arguments);

    assertTrue(Files.exists(directory.resolve(".claude/auto-skill/telemetry.db")));
  }

  private Result run(List<String> arguments, Map<String, String> environment) {
    Map<String, String> all = new TreeMap<>(environment);
    all.put("AUTO_SKILL_TELEMETRY_DB", database().toString());
    return JavaProcess.run(directory, all, arguments);
  }

  private Path database() {
    return directory.resolve("telemetry.db");
  }

  private static Map<String, List<Long>> counts(String json) throws JsonProcessingException {
    Map<String, List<Long>> counts = new TreeMap<>();
    for (JsonNode report : new ObjectMapper().readTree(json)) {
      counts.put(
          report.get("skillName").asText(),
          List.of(
              report.get("totalUses").asLong(),
              report.get("successCount").asLong(),
              report.get("failureCount").asLong()));
    }
    return counts;
  }

  private static JsonNode report(String json, String skill) throws JsonProcessingException {
    for (JsonNode report : new ObjectMapper().readTree(json)) {
      if (report.get("skillName").asText().equals(skill)) {
        return report;
      }
    }
    throw new AssertionError("no report on " + skill + " in " + json);
  }
}
