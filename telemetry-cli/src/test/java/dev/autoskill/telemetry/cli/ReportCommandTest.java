package dev.autoskill.telemetry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autoskill.telemetry.annotations.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportCommandTest {

  private static final Path INTEROP = Path.of("..", "telemetry-store/src/test/resources/interop");

  @TempDir Path home;
  private TestHost host;

  @BeforeEach
  void recordSomeUses() {
    host = new TestHost(home);
    host.record(Duration.ofDays(40), 3, TestHost.use("retired", Outcome.SUCCESS, 5));
    host.record(Duration.ofHours(30), 18, TestHost.use("parse-xml", Outcome.SUCCESS, 12));
    host.record(Duration.ofHours(3), 2, TestHost.use("parse-xml", Outcome.FAILURE, 1450));
    host.record(Duration.ofMinutes(5), 4, TestHost.use("find-broken-links", Outcome.FAILURE, 40));
    host.record(Duration.ofMinutes(2), 1, TestHost.use("count-todos", Outcome.PARTIAL, 7));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 200})
  void fitsTheTerminal(int columns) throws IOException {
    assertEquals(0, host.terminal(columns).run("--color", "never"));

    Golden.check("report-" + columns + ".txt", host.out);
    assertTrue(host.out.lines().allMatch(line -> line.length() <= columns), host.out);
    assertEquals("Uses since 2026-11-01T00:00:00Z; --all for every one.\n", host.err);
  }

  @Test
  void aPipeGetsEveryColumnAndMomentsOfIso8601() throws IOException {
    assertEquals(0, host.run("report"));

    Golden.check("report-pipe.txt", host.out);
    assertEquals("", host.err);
  }

  @Test
  void markdownIsATable() throws IOException {
    assertEquals(0, host.run("report", "--format", "md"));

    Golden.check("report.md", host.out);
  }

  @Test
  void jsonHasOneEnvelope() throws IOException {
    assertEquals(0, host.run("--json"));

    JsonNode json = new ObjectMapper().readTree(host.out);
    assertEquals(List.of("schema", "generatedAt", "window", "rows", "warnings"), names(json));
    assertEquals("skill-telemetry.report/1", json.get("schema").asText());
    assertEquals("2026-11-28T12:00:00Z", json.get("generatedAt").asText());
    assertEquals("2026-11-01T00:00:00Z", json.get("window").get("since").asText());
    assertTrue(json.get("window").get("until").isNull());
    assertEquals(3, json.get("rows").size());
    JsonNode row = json.get("rows").get(0);
    assertEquals("parse-xml", row.get("skillName").asText());
    assertEquals(20, row.get("totalUses").asLong());
    assertEquals(0.9, row.get("attemptedSuccessRate").asDouble());
    assertEquals("[\"claude-code\"]", row.get("agentsUsed").toString());
    assertTrue(row.get("sessions").isNull());
    assertEquals(0, json.get("warnings").size());
  }

  @Test
  void jsonLinesAndCsvHaveTheSameColumns() throws IOException {
    host.run("report", "--format", "jsonl");
    List<String> lines = host.out.lines().toList();
    host.run("report", "--format", "csv");

    assertEquals(3, lines.size());
    assertEquals(
        String.join(",", names(new ObjectMapper().readTree(lines.get(0)))),
        host.out.lines().findFirst().orElseThrow());
    assertTrue(host.out.contains("\r\nfind-broken-links,4,0,4,0.0,40,claude-code,"), host.out);
  }

  @Test
  void theMostFrequentErrorsOfEachSkillStandBesideIt() throws Exception {
    keepErrors();

    assertEquals(0, host.run("report", "--errors"));
    Golden.check("report-errors.txt", host.out);
    assertEquals("", host.err);

    assertEquals(0, host.run("report", "--errors", "--format", "md", "--until", "30m"));
    Golden.check("report-errors.md", host.out);

    assertEquals(0, host.terminal(60).run("report", "--errors", "--color", "never"));
    Golden.check("report-errors-60.txt", host.out);
  }

  @Test
  void dataHasTheErrorsByTheFullNamesOfTheirClasses() throws Exception {
    keepErrors();

    host.run("report", "--errors", "--json", "--skill", "find-broken-links");
    JsonNode row = new ObjectMapper().readTree(host.out).get("rows").get(0);
    assertEquals(
        "{\"java.io.IOException\":2,\"acme.Gone\":1,\"acme.Moved\":1}",
        row.get("errors").toString());

    host.run("report", "--errors", "--format", "csv", "--sort", "name");
    List<String> lines = host.out.lines().toList();
    assertTrue(lines.get(0).endsWith(",sessions,errors"), host.out);
    assertTrue(lines.get(1).endsWith(",,"), host.out);
    assertTrue(lines.get(2).endsWith(",java.io.IOException=2 acme.Gone=1 acme.Moved=1"), host.out);
  }

  @Test
  void whereNoErrorsWereKeptItSaysHowToKeepThem() {
    assertEquals(0, host.run("report", "--errors"));

    assertEquals(
        "No errors of these failures were kept; the setting errors=class keeps later ones.\n",
        host.err);
    assertEquals(2, host.run("report", "--errors", "--json=auto-skill"));
    assertEquals(2, host.run("report", "--errors", "--unused"));
  }

  /** As a program with that setting does, which has no say in how long its uses take. */
  private void keepErrors() throws SQLException {
    host.record(Duration.ofMinutes(4), 1, TestHost.use("find-broken-links", Outcome.FAILURE, 40));
    host.sql(
        "CREATE TABLE autoskill_java_errors (id TEXT PRIMARY KEY, error TEXT NOT NULL) WITHOUT ROWID",
        "INSERT INTO autoskill_java_errors SELECT id, 'java.lang.IllegalStateException'"
            + " FROM skill_telemetry WHERE skill_id = 'parse-xml' AND outcome = 'failure'",
        """
        INSERT INTO autoskill_java_errors
        SELECT id, CASE ROW_NUMBER() OVER (ORDER BY id) WHEN 1 THEN 'java.io.IOException'
          WHEN 2 THEN 'acme.Gone' WHEN 3 THEN 'acme.Moved' WHEN 4 THEN 'java.io.IOException'
          ELSE 'acme.TooRare' END
        FROM skill_telemetry WHERE skill_id = 'find-broken-links'
        """);
  }

  @ParameterizedTest
  @CsvSource({
    "uses, parse-xml find-broken-links count-todos",
    "worst, find-broken-links count-todos parse-xml",
    "slow, parse-xml find-broken-links count-todos",
    "last, count-todos find-broken-links parse-xml",
    "name, count-todos find-broken-links parse-xml"
  })
  void sorts(String order, String expected) throws IOException {
    assertEquals(expected, skills("report", "--sort", order));
  }

  @Test
  void selects() throws IOException {
    assertEquals("parse-xml find-broken-links", skills("--min-uses", "2"));
    assertEquals("parse-xml", skills("--skill", "parse-xml"));
    assertEquals("", skills("--agent", "cursor"));
    assertEquals("", skills("--session", "s-2"));
    assertEquals("parse-xml find-broken-links count-todos", skills("--session", "s-1"));
    assertEquals("find-broken-links count-todos", skills("--since", "1h"));
    assertEquals("parse-xml", skills("--until", "2026-11-27"));
    assertEquals("retired", skills("--since", "2026-10-01", "--until", "4w"));
    assertEquals("parse-xml find-broken-links retired count-todos", skills("--all"));
  }

  @Test
  void saysWhereNothingWasFound() {
    assertEquals(0, host.run("--skill", "none"));
    assertEquals(
        "There are no such uses since 2026-11-01T00:00:00Z; --all looks further back.\n", host.err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"node", "python", "mixed"})
  void answersAutoSkillsOwnDocument(String tool) throws IOException {
    Path copy = home.resolve(tool + ".db");
    Files.copy(INTEROP.resolve("auto-skill-%s.db".formatted(tool)), copy);
    ObjectMapper mapper = new ObjectMapper();
    JsonNode expected =
        mapper.readTree(INTEROP.resolve("auto-skill-%s.expected.json".formatted(tool)).toFile());

    assertEquals(0, host.run("report", "--json=auto-skill", "--db", copy.toString()));

    JsonNode answer = mapper.readTree(host.out);
    assertEquals(List.of("count", "reports"), names(answer));
    assertEquals(expected.get("reports").size(), answer.get("count").asInt());
    // Moments are written as the Node tool writes them, whichever tool stored them.
    assertEquals(
        expected.get("reports").toString().replaceAll("(\\.\\d{3})\\d{3}\\+00:00", "$1Z"),
        answer.get("reports").toString());
    assertTrue(host.out.startsWith("{\n  \"count\": "), host.out);
  }

  @Test
  void takesInWhatLiesInSpools() throws IOException {
    Path spools = Files.createDirectories(home.resolve("other.db-spool"));
    Path sample = Path.of("..", "telemetry-store/src/test/resources/spool/version-3.spool");
    Files.copy(sample, spools.resolve("0123456789abcdef0123456789abcdef.spool"));
    host.variables.put("DO_NOT_TRACK", "1");

    assertEquals(
        0, host.run("report", "--all", "--json", "--db", home.resolve("other.db").toString()));

    assertFalse(new ObjectMapper().readTree(host.out).get("rows").isEmpty(), host.out);
  }

  @Test
  void aDatabaseThatCannotBeReadIsNoAnswer() throws IOException {
    Path damaged = Files.writeString(home.resolve("damaged.db"), "no database".repeat(1000));

    assertEquals(3, host.run("report", "--db", damaged.toString()));
    assertEquals("", host.out);
    assertEquals(
        "skill-telemetry: the database "
            + damaged
            + " cannot be read: the database's file is not a SQLite database, or it is encrypted\n",
        host.err);
    assertEquals(3, host.run("report", "--db", home.resolve("none.db").toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"report", "events", "trend a", "gate", "report --unused", "export"})
  void withoutAHomeDirectoryThereIsNoAnswer(String line) {
    TestHost homeless = new TestHost(Path.of("?"));

    assertEquals(3, homeless.run(line.split(" ")));
    assertEquals("", homeless.out);
    assertEquals(
        "skill-telemetry: there is no home directory, and so no database; name one by --db\n",
        homeless.err);
  }

  @Test
  void aNewUserIsToldThatThereIsNothingYet() throws IOException {
    TestHost fresh = new TestHost(Files.createDirectories(home.resolve("fresh")));

    assertEquals(0, fresh.run("--all", "--json"));

    assertEquals(0, new ObjectMapper().readTree(fresh.out).get("rows").size());
    assertTrue(fresh.err.contains("There are no such uses in"), fresh.err);
    try (Stream<Path> files = Files.list(fresh.home)) {
      assertNull(files.findAny().orElse(null));
    }
  }

  private String skills(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    assertEquals(0, host.run(all.toArray(String[]::new)), host.err);
    List<String> names = new ArrayList<>();
    new ObjectMapper()
        .readTree(host.out)
        .get("rows")
        .forEach(row -> names.add(row.get("skillName").asText()));
    return String.join(" ", names);
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
