package dev.autoskill.telemetry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autoskill.telemetry.annotations.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class McpCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path home;
  private TestHost host;

  @BeforeEach
  void makeHost() {
    host = new TestHost(home);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-11-05, 2024-11-05",
    "2025-06-18, 2025-06-18",
    "2025-11-25, 2025-11-25",
    "1999-01-01, 2025-11-25"
  })
  void agreesOnAVersionOfTheProtocol(String wanted, String agreed) throws Exception {
    JsonNode result =
        ask("initialize", Map.of("protocolVersion", wanted, "capabilities", Map.of()))
            .get("result");

    assertEquals(agreed, result.get("protocolVersion").asText());
    assertEquals("skill-telemetry", result.at("/serverInfo/name").asText());
    assertTrue(result.at("/capabilities/tools").isObject());
  }

  @Test
  void answersABatchByABatch() throws Exception {
    String notification = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    String first = line(1, "ping", Map.of()).strip();
    String second = line(2, "missing", Map.of()).strip();
    host.in = "[%s,%s,%s,3]\n[%s]\n[]\n".formatted(first, notification, second, notification);

    assertEquals(0, host.run("mcp"));

    List<String> lines = host.out.lines().toList();
    assertEquals(2, lines.size(), host.out);
    JsonNode answers = JSON.readTree(lines.get(0));
    assertEquals(3, answers.size());
    assertTrue(answers.at("/0/result").isObject());
    assertEquals(2, answers.at("/1/id").asInt());
    assertEquals(-32601, answers.at("/1/error/code").asInt());
    assertEquals(-32600, answers.at("/2/error/code").asInt());
    assertEquals(-32600, JSON.readTree(lines.get(1)).at("/error/code").asInt());
  }

  @Test
  void offersFiveToolsThatReadOnly() throws Exception {
    List<String> names = new ArrayList<>();
    for (JsonNode tool : ask("tools/list", Map.of()).at("/result/tools")) {
      names.add(tool.get("name").asText());
      assertTrue(tool.at("/annotations/readOnlyHint").asBoolean());
      assertEquals("object", tool.at("/inputSchema/type").asText());
    }
    assertEquals(
        List.of("skill_report", "skill_trend", "skill_compare", "skill_events", "skill_doctor"),
        names);
  }

  @Test
  void opensNothingBeforeAToolIsCalled() throws Exception {
    host.in = line(1, "initialize", Map.of()) + line(2, "tools/list", Map.of());

    assertEquals(0, host.run("mcp", "--db", home.resolve("missing.db").toString()));
    assertEquals(2, host.out.lines().count());
    assertEquals("", host.err);

    host.in = line(3, "tools/call", Map.of("name", "skill_report"));
    assertEquals(0, host.run("mcp", "--db", home.resolve("missing.db").toString()));
    JsonNode result = JSON.readTree(host.out).get("result");
    assertTrue(result.get("isError").asBoolean());
    assertTrue(text(result).contains("there is no database"), text(result));
  }

  @Test
  void reportsAsATableAndASentence() throws Exception {
    host.record(Duration.ofHours(1), 9, TestHost.use("review", Outcome.SUCCESS, 12));
    host.record(Duration.ofHours(2), TestHost.use("lint", Outcome.FAILURE, 7));

    JsonNode result = call("skill_report", Map.of());

    assertFalse(result.get("isError").asBoolean());
    List<String> lines = text(result).lines().toList();
    assertEquals(5, lines.size(), text(result));
    assertTrue(lines.get(0).startsWith("Skill"), lines.get(0));
    assertTrue(lines.get(1).matches("review +9 +100[.]0% .*"), lines.get(1));
    assertTrue(lines.get(2).matches("lint +1 +0[.]0% .*"), lines.get(2));
    assertEquals("Skills: 2 (since: 28d).", lines.get(4));
    assertTrue(lines.stream().allMatch(line -> line.length() <= 100), text(result));
    assertFalse(result.has("structuredContent"));
  }

  @Test
  void narrowsAsTheCommandDoes() throws Exception {
    host.record(Duration.ofDays(60), TestHost.use("old", Outcome.SUCCESS, 12));
    host.record(Duration.ofHours(1), TestHost.use("review", Outcome.SUCCESS, 12));

    assertFalse(text(call("skill_report", Map.of())).contains("old"));
    assertTrue(text(call("skill_report", Map.of("since", "all"))).contains("old"));
    assertTrue(
        text(call("skill_report", Map.of("skill", "none")))
            .endsWith("; since=all looks further back."));
    JsonNode wrong = call("skill_report", Map.of("since", "yesterday"));
    assertTrue(wrong.get("isError").asBoolean());
    assertTrue(text(wrong).startsWith("skill-telemetry: --since must be"), text(wrong));
  }

  @Test
  void anAnswerHasAsManyRowsAsAskedFor() throws Exception {
    for (int i = 0; i < 30; i++) {
      host.record(Duration.ofHours(1), TestHost.use("skill-" + i, Outcome.SUCCESS, 12));
    }

    List<String> usual = text(call("skill_report", Map.of("sort", "name"))).lines().toList();
    assertEquals(1 + 20 + 2, usual.size());
    assertEquals("The first 20 of 30 (since: 28d).", usual.get(22));
    assertEquals(1 + 30 + 2, text(call("skill_report", Map.of("limit", 100))).lines().count());
    List<String> events = text(call("skill_events", Map.of("limit", 5))).lines().toList();
    assertEquals(1 + 5 + 2, events.size());
    assertEquals("The newest uses, 5 (since: 28d).", events.get(7));
    assertTrue(text(call("skill_report", Map.of("limit", 101))).startsWith("limit must be from"));
    assertTrue(text(call("skill_report", Map.of("limit", "5"))).startsWith("limit must be from"));
  }

  @Test
  void aTrendEndsWithTheNewestPeriods() throws Exception {
    host.record(Duration.ofHours(1), TestHost.use("review", Outcome.SUCCESS, 12));

    List<String> lines =
        text(call("skill_trend", Map.of("skill", "review", "limit", 2))).lines().toList();

    assertEquals(5, lines.size(), lines.toString());
    assertTrue(lines.get(1).startsWith("2026-11-27"), lines.get(1));
    assertTrue(lines.get(2).startsWith("2026-11-28     1"), lines.get(2));
    assertEquals("The last 2 of 28 (since: 28d).", lines.get(4));
  }

  @Test
  void comparesInASentence() throws Exception {
    host.record(Duration.ofHours(1), 40, TestHost.use("review", Outcome.SUCCESS, 12));
    host.record(Duration.ofHours(1), 40, TestHost.use("lint", Outcome.FAILURE, 12));

    String text =
        text(call("skill_compare", Map.of("baseline", "skill=review", "candidate", "skill=lint")));

    assertTrue(text.lines().toList().get(4).startsWith("Worse: the candidate's"), text);
  }

  @Test
  void theDoctorSaysWhatIsWrong() throws Exception {
    host.record(Duration.ofHours(1), TestHost.use("review", Outcome.SUCCESS, 12));
    String well = text(call("skill_doctor", Map.of()));
    assertTrue(well.endsWith("\n\nNothing is wrong."), well);

    Files.writeString(host.database(), "this is no database");
    JsonNode ill = call("skill_doctor", Map.of());
    assertFalse(ill.get("isError").asBoolean());
    assertTrue(text(ill).endsWith("Something is wrong: see what failed."), text(ill));
  }

  @Test
  void theDoctorsAnswerIsBoundedToo() throws Exception {
    host.record(Duration.ofHours(1), TestHost.use("review", Outcome.SUCCESS, 12));
    host.sql("DELETE FROM skill_telemetry");
    List<Machine.Jvm> jvms = new ArrayList<>();
    for (int pid = 1000; pid < 1500; pid++) {
      jvms.add(new Machine.Jvm(pid, List.of("acme.Main"), null, null));
    }
    host.machine.jvms = jvms;

    String text = text(call("skill_doctor", Map.of()));

    List<String> lines = text.lines().toList();
    assertEquals(100 + 4, lines.size());
    // Its hint is the last line of the checks.
    assertTrue(lines.get(98).startsWith("failed  uses "), text);
    assertTrue(lines.get(101).matches("Checks left out, which are well: 4\\d\\d[.]"), text);
    assertEquals("Something is wrong: see what failed.", lines.get(103));
    JsonNode rows = call("skill_doctor", Map.of("structured", true)).at("/structuredContent/rows");
    assertEquals(100, rows.size());
    assertEquals("failed", rows.get(99).get("status").asText());
  }

  @Test
  void structuredContentComesIfAskedFor() throws Exception {
    host.record(Duration.ofHours(1), TestHost.use("review", Outcome.SUCCESS, 12));
    host.record(Duration.ofHours(1), TestHost.use("lint", Outcome.SUCCESS, 12));

    JsonNode result = call("skill_report", Map.of("structured", true, "limit", 1, "sort", "name"));

    assertEquals("The first 1 of 2 (since: 28d).", text(result));
    JsonNode content = result.get("structuredContent");
    assertEquals("skill-telemetry.report/1", content.get("schema").asText());
    assertEquals(1, content.get("rows").size());
    assertEquals("lint", content.at("/rows/0/skillName").asText());
    assertEquals(1, content.at("/rows/0/successRate").asInt());
  }

  @Test
  void errorsComeIfAskedForAndKept() throws Exception {
    host.record(Duration.ofHours(1), 9, TestHost.use("review", Outcome.FAILURE, 12));
    String without = text(call("skill_report", Map.of()));
    String none = text(call("skill_report", Map.of("errors", true)));
    assertEquals(
        without
            + "\nNo errors of these failures were kept; the setting errors=class keeps later ones.",
        none);

    String longest = "Unavailable".repeat(20);
    host.sql(
        "CREATE TABLE autoskill_java_errors (id TEXT PRIMARY KEY, error TEXT NOT NULL) WITHOUT ROWID",
        "INSERT INTO autoskill_java_errors SELECT id, CASE WHEN rowid < 7 THEN 'java.io.IOException'"
            + " ELSE 'acme."
            + longest
            + "' END FROM skill_telemetry");

    assertEquals(without, text(call("skill_report", Map.of())));
    assertEquals(without, text(call("skill_report", Map.of("errors", false))));
    List<String> lines = text(call("skill_report", Map.of("errors", true))).lines().toList();
    assertTrue(lines.get(0).matches("Skill +Uses .*Errors"), lines.get(0));
    assertTrue(lines.get(1).matches("review +9 .*IOException 6, Unavailable.*…"), lines.get(1));
    assertTrue(lines.stream().allMatch(line -> line.length() <= 100), lines.toString());
    JsonNode row =
        call("skill_report", Map.of("errors", true, "structured", true))
            .at("/structuredContent/rows/0");
    assertEquals(6, row.at("/errors/java.io.IOException").asInt(), row.toString());
    assertEquals("errors must be true or false", refusal("skill_report", Map.of("errors", "yes")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--all",
        "--db=/etc/passwd",
        "--",
        "-h",
        "--help",
        "--json=csv",
        "\"\\\n\u0007\u2028é\ud83d\ude00"
      })
  void aTextIsNothingButAText(String text) throws Exception {
    for (String tool : List.of("skill_trend", "skill_report")) {
      JsonNode result = call(tool, Map.of("skill", text));
      assertFalse(result.get("isError").asBoolean(), result.toString());
      assertTrue(text(result).contains("There are no such uses"), result.toString());
    }
  }

  @Test
  void argumentsThatAreWrongAreTheModelsToMend() throws Exception {
    assertEquals("skill is missing: the skill's name", refusal("skill_trend", Map.of()));
    assertEquals("skill must be a text", refusal("skill_report", Map.of("skill", 7)));
    assertEquals(
        "skill_doctor has no such argument: [limit]", refusal("skill_doctor", Map.of("limit", 1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"jsonrpc\":\"2.0\"                                                      | -32700",
        "{\"a\":1}}                                                                | -32700",
        "[\"tab\tin a text\"]                                                      | -32700",
        "{\"n\":01}                                                                | -32700",
        "[]                                                                        | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1}                                            | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/eat\"}                   | -32601",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":null}  | -32602",
      })
  void whatIsNoRequestIsRefused(String line, int code) throws Exception {
    host.in = line + "\n";
    assertEquals(0, host.run("mcp"));
    assertEquals(code, JSON.readTree(host.out).at("/error/code").asInt(), host.out);
  }

  @Test
  void aRequestThatIsTooDeepIsRefusedAndTheNextOneAnswered() throws Exception {
    host.in = "[".repeat(1_000_000) + "\n" + line(7, "ping", Map.of());

    assertEquals(0, host.run("mcp"));

    List<String> lines = host.out.lines().toList();
    assertEquals(-32700, JSON.readTree(lines.get(0)).at("/error/code").asInt());
    assertEquals("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}", lines.get(1));
  }

  @Test
  void notificationsAndBlankLinesAreNotAnswered() {
    host.in = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n\n";

    assertEquals(0, host.run("mcp"));

    assertEquals("", host.out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a\\u0041\\n\"", "-1.5e3", "12", "null"})
  void theIdOfARequestIsThatOfItsAnswer(String id) throws Exception {
    host.in = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}\n";

    assertEquals(0, host.run("mcp"));

    assertEquals(JSON.readTree(id).asText(), JSON.readTree(host.out).get("id").asText());
  }

  private String refusal(String tool, Map<String, ?> arguments) throws Exception {
    JsonNode result = call(tool, arguments);
    assertTrue(result.get("isError").asBoolean(), result.toString());
    return text(result);
  }

  private JsonNode call(String tool, Map<String, ?> arguments) throws Exception {
    return ask("tools/call", Map.of("name", tool, "arguments", arguments)).get("result");
  }

  private static String text(JsonNode result) {
    return result.at("/content/0/text").asText();
  }

  private JsonNode ask(String method, Map<String, ?> parameters) throws Exception {
    host.in = line(1, method, parameters);
    assertEquals(0, host.run("mcp"));
    assertEquals("", host.err);
    assertEquals(1, host.out.lines().count(), host.out);
    return JSON.readTree(host.out);
  }

  private static String line(int id, String method, Map<String, ?> parameters)
      throws JsonProcessingException {
    return JSON.writeValueAsString(
            Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", parameters))
        + "\n";
  }
}
