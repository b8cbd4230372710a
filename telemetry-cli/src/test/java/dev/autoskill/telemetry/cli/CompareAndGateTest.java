package dev.autoskill.telemetry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillUse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class CompareAndGateTest {

  @TempDir Path home;
  private TestHost host;

  @BeforeEach
  void makeHost() {
    host = new TestHost(home);
  }

  @Test
  void comparesVersionsAgentsAndWindows() throws IOException {
    host.record(Duration.ofDays(10), 40, version("review@1", "cursor", Outcome.SUCCESS));
    host.record(Duration.ofDays(2), 20, version("review@2", "codex", Outcome.SUCCESS));
    host.record(Duration.ofDays(2), 20, version("review@2", "codex", Outcome.FAILURE));

    for (String[] samples :
        new String[][] {
          {"id=review@1", "id=review@2"},
          {"agent=cursor", "agent=codex"},
          {"since=14d,until=7d", "since=7d"}
        }) {
      assertEquals(0, host.run("compare", samples[0], samples[1], "--json"), host.err);
      JsonNode rows = new ObjectMapper().readTree(host.out).get("rows");
      assertEquals(40, rows.get(0).get("attempts").asInt());
      assertEquals(-0.5, rows.get(1).get("rateDifference").asDouble());
      assertEquals("worse", rows.get(1).get("verdict").asText());
    }
    assertEquals(0, host.run("compare", "agent=cursor", "agent=codex", "--color", "never"));
    Golden.check("compare.txt", host.out);
  }

  @Test
  void tooFewUsesAreNoVerdict() {
    host.record(Duration.ofDays(2), 3, version("a@1", "x", Outcome.SUCCESS));
    host.record(Duration.ofDays(2), 3, version("a@2", "x", Outcome.SUCCESS));

    assertEquals(4, host.run("compare", "id=a@1", "id=a@2"));
    assertTrue(host.out.contains("Too few uses to say"), host.out);
    assertEquals(4, host.run("compare", "id=a@1", "id=none"));
    assertTrue(host.out.contains("one side has no attempts"), host.out);
  }

  @Test
  void theGateOpensWhereNothingBecameWorse() throws IOException {
    host.record(Duration.ofDays(20), 40, TestHost.use("steady", Outcome.SUCCESS, 10));
    host.record(Duration.ofDays(2), 40, TestHost.use("steady", Outcome.SUCCESS, 10));

    assertEquals(0, host.run("gate"));
    assertEquals("No skill became worse.\n", host.err);
  }

  @Test
  void theGateNamesWhatBecameWorse() throws Exception {
    recordARegression();

    assertEquals(1, host.run("gate", "--color", "never"));
    Golden.check("gate.txt", host.out);
    assertEquals("Worse than before: <b>flaky & \"co\"</b>, slow.\n", host.err);

    assertEquals(1, host.run("gate", "--json"));
    JsonNode rows = new ObjectMapper().readTree(host.out).get("rows");
    assertEquals("worse", rows.get(0).get("verdict").asText());
    assertTrue(rows.get(0).get("adjustedPValue").asDouble() < 0.05);

    assertEquals(1, host.run("gate", "--format", "junit"));
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(host.out.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    assertEquals("4", suite.getAttribute("tests"));
    assertEquals("2", suite.getAttribute("failures"));
    assertEquals("1", suite.getAttribute("skipped"));
    Element first = (Element) suite.getElementsByTagName("testcase").item(0);
    assertTrue(first.getAttribute("name").contains("<b>flaky & \"co\"</b>"));
    assertNotNull(first.getElementsByTagName("failure").item(0));
  }

  @Test
  void theGateJudgesTheUsesThatAreSelected() throws IOException {
    recordARegression();
    host.record(Duration.ofDays(20), 40, TestHost.use("steady", Outcome.SUCCESS, 10).agent("x"));
    host.record(Duration.ofDays(2), 40, TestHost.use("steady", Outcome.FAILURE, 10).agent("x"));

    assertEquals(1, host.run("gate", "--skill", "slow", "--json"));
    JsonNode rows = new ObjectMapper().readTree(host.out).get("rows");
    assertEquals(1, rows.size());
    assertEquals("slow", rows.get(0).get("skillName").asText());

    assertEquals(0, host.run("gate", "--skill", "steady", "--agent", "claude-code"));
    assertEquals(1, host.run("gate", "--skill", "steady", "--agent", "x"));
    assertEquals(4, host.run("gate", "--session", "none"));
    assertEquals(4, host.run("gate", "--until", "3d", "--json"), host.out);
    assertEquals(
        "2026-11-26T00:00:00Z",
        new ObjectMapper().readTree(host.out).get("window").get("until").asText());
  }

  @Test
  void gitHubGetsASummary() throws IOException {
    recordARegression();
    Path summary = Files.writeString(home.resolve("summary.md"), "before\n");
    host.variables.put("GITHUB_STEP_SUMMARY", summary.toString());

    host.run("gate", "--format", "md");

    assertEquals("before\n" + host.out, Files.readString(summary));
    assertTrue(host.out.startsWith("## Skill telemetry gate\n\nWorse than before: "), host.out);
    assertFalse(host.out.contains("<b>"), host.out);
  }

  @Test
  void theGateCannotSayWithoutEnoughUses() {
    host.record(Duration.ofDays(20), 5, TestHost.use("rare", Outcome.SUCCESS, 10));
    host.record(Duration.ofDays(2), 5, TestHost.use("rare", Outcome.FAILURE, 10));

    assertEquals(4, host.run("gate"));
    assertEquals(1, host.run("gate", "--min-uses", "5"));
    assertEquals(4, host.run("gate", "--since", "1d"));
  }

  private void recordARegression() {
    String flaky = "<b>flaky & \"co\"</b>";
    host.record(Duration.ofDays(20), 40, TestHost.use(flaky, Outcome.SUCCESS, 10));
    host.record(Duration.ofDays(20), 40, TestHost.use("slow", Outcome.SUCCESS, 10));
    host.record(Duration.ofDays(20), 40, TestHost.use("steady", Outcome.SUCCESS, 10));
    host.record(Duration.ofDays(2), 40, TestHost.use(flaky, Outcome.FAILURE, 10));
    host.record(Duration.ofDays(2), 40, TestHost.use("slow", Outcome.SUCCESS, 500));
    host.record(Duration.ofDays(2), 40, TestHost.use("steady", Outcome.SUCCESS, 10));
    host.record(Duration.ofDays(2), 1, TestHost.use("new", Outcome.SUCCESS, 10));
  }

  private static SkillUse version(String id, String agent, Outcome outcome) {
    return SkillUse.of(id, id.replaceAll("@.*", "")).agent(agent).outcome(outcome);
  }
}
