package dev.autoskill.telemetry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command and a PostgreSQL server. */
class SyncCommandTest {

  private static final String SECRET = "open-sesame";

  private static EmbeddedPostgres server;
  private static int databases;

  @TempDir Path home;
  private TestHost host;
  private String address;

  @BeforeAll
  static void startServer() throws IOException {
    server = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  @BeforeEach
  void recordSomeUses() throws Exception {
    String name = "events_" + databases++;
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    address =
        "jdbc:postgresql://localhost:%d/%s?user=postgres&password=%s"
            .formatted(server.getPort(), name, SECRET);
    host = new TestHost(home);
    host.record(Duration.ofDays(9), 25, TestHost.use("parse-xml", Outcome.SUCCESS, 12));
    host.record(Duration.ofDays(2), 30, TestHost.use("parse-xml", Outcome.FAILURE, 2_000));
    host.record(Duration.ofHours(5), TestHost.use("hash-tree", Outcome.SKIPPED, 3));
  }

  @Test
  void pushesAndTellsHowFarThatCame() throws IOException {
    StringBuilder answers = new StringBuilder();
    for (String line : List.of("status", "push", "status", "push --full")) {
      answers.append("$ sync ").append(line).append('\n');
      assertEquals(0, run("sync " + line + " --to " + address), host.err);
      answers.append(host.out);
      assertEquals("", host.err);
    }

    Golden.check("sync.txt", withoutPort(answers.toString()));
    assertEquals(0, run("sync push --json --to " + address));
    assertTrue(host.out.contains("\"added\": 0"), host.out);
  }

  @Test
  void aDryRunWritesEachEventAndConnectsToNothing() {
    String nowhere = "jdbc:postgresql://localhost:1/none";

    assertEquals(0, run("sync push --dry-run --to " + nowhere));

    assertEquals(56, host.out.lines().count());
    assertTrue(
        host.out
            .lines()
            .findFirst()
            .orElseThrow()
            .matches(
                "\\{\"id\":\"\\w{26}\",\"skillId\":\"parse-xml\",\"skillName\":\"parse-xml\","
                    + "\"sessionId\":\"s-1\",\"agentId\":\"claude-code\",\"durationMs\":12,"
                    + "\"outcome\":\"success\",\"timestamp\":\"2026-11-19T12:00:00Z\"}"),
        host.out);
    assertEquals("56 events would be sent to " + nowhere + ".\n", host.err);
    assertEquals(0, run("sync push --dry-run --format csv --to " + nowhere));
    assertEquals(57, host.out.lines().count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "report",
        "report --json --sessions --sort worst",
        "report --skill parse-xml --since 5d",
        "report --json=auto-skill",
        "events --limit 5",
        "events --json --skill parse-xml",
        "trend parse-xml --since 14d",
        "trend parse-xml --all --by week --json",
        "compare since=14d,until=7d since=7d --skill parse-xml",
        "gate",
        "gate --json --baseline 14d --min-uses 25",
        "gate --format junit --skill parse-xml --until 1d",
        "gate --skill none",
        "report --skill none"
      })
  void theServerAnswersAsTheLocalDatabaseDoes(String line) {
    assertEquals(0, run("sync push --to " + address));
    int exitCode = run(line);
    String expected = host.out;
    String note = host.err.replace(host.database().toString(), "DB");

    assertEquals(exitCode, run(line + " --db " + address));

    assertEquals(expected, host.out);
    assertEquals(note, host.err);
  }

  @Test
  void aReportOnATerminalTellsHowFreshItIs() {
    assertEquals(0, run("sync push --to " + address));
    host.terminal(80);

    assertEquals(0, run("report --all --color never --db " + address));

    assertTrue(
        host.err.matches(
            "Everything that has arrived, of 1 local database; the last events came"
                + " \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\\.\n"),
        host.err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"html", "html --since 14d --agent claude-code", "html --skill none"})
  void thePageOfAServerIsThatOfTheLocalDatabase(String line) {
    assertEquals(0, run("sync push --to " + address));
    assertEquals(0, run(line));
    String expected = host.out.replace("events on this machine", "events on a PostgreSQL server");

    assertEquals(0, run(line + " --db " + address), host.err);

    assertEquals(expected, host.out);
    assertFalse(host.out.contains(address.replaceAll("[?].*", "")), "where it is");
  }

  @Test
  void anAgentIsAnsweredOfTheServer() {
    assertEquals(0, run("sync push --to " + address));
    StringBuilder requests = new StringBuilder();
    for (String call :
        List.of(
            "skill_report\",\"arguments\":{\"structured\":true}",
            "skill_trend\",\"arguments\":{\"skill\":\"parse-xml\"}",
            "skill_compare\",\"arguments\":{\"baseline\":\"until=7d\",\"candidate\":\"since=7d\"}",
            "skill_events\",\"arguments\":{\"limit\":5}")) {
      requests
          .append("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",")
          .append("\"params\":{\"name\":\"" + call + "}}\n");
    }
    host.in = requests.toString();
    assertEquals(0, run("mcp"));
    String expected = host.out;
    assertTrue(expected.contains("hash-tree") && !expected.contains("\"isError\":true"), expected);

    assertEquals(0, run("mcp --db " + address));

    assertEquals(expected, host.out);
  }

  @Test
  void theDoctorOfAnAgentSaysThatAServerIsNotItsBusiness() {
    host.in =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
            + "\"params\":{\"name\":\"skill_doctor\"}}\n";

    assertEquals(0, run("mcp --db " + address));

    assertTrue(
        host.out.contains("the doctor checks a local database and this machine, not a server"),
        host.out);
    assertTrue(host.out.contains("\"isError\":true"), host.out);
  }

  @Test
  void goesOnPushingUntilSomebodyInterruptsIt() {
    int[] pauses = {0};
    host.pause =
        time -> {
          assertEquals(Duration.ofSeconds(10), time);
          TestHost other = new TestHost(home);
          other.record(Duration.ofMinutes(1), TestHost.use("next", Outcome.SUCCESS, 1));
          return ++pauses[0] < 3;
        };

    assertEquals(0, run("sync push --watch --format csv --to " + address), host.err);

    assertEquals(
        List.of("56,56,0,0,0", "1,1,0,0,0", "1,1,0,0,0"),
        host.out
            .lines()
            .filter(line -> line.startsWith("jdbc"))
            .map(line -> line.substring(line.indexOf(',') + 1))
            .toList());
  }

  @Test
  void aServerThatIsAwayDoesNotEndTheWatch() {
    List<Long> pauses = new ArrayList<>();
    host.pause =
        time -> {
          pauses.add(time.toSeconds());
          return time.toSeconds() < 10;
        };

    assertEquals(0, run("sync push --watch --to jdbc:postgresql://localhost:1/d"));

    assertEquals(List.of(1L, 2L, 4L, 8L, 10L), pauses);
    assertTrue(host.err.contains("the server cannot be reached"), host.err);
  }

  @Test
  void whoOptedOutSendsNothing() {
    host.variables.put("DO_NOT_TRACK", "1");

    assertEquals(3, run("sync push --to " + address));
    assertEquals(
        "skill-telemetry: nothing is sent: telemetry is off, since the environment variable"
            + " DO_NOT_TRACK is set\n",
        host.err);
    assertEquals(3, run("report --db " + address));
    assertTrue(host.err.contains("nothing has been pushed there yet"), host.err);
    assertEquals(0, run("sync status --to " + address));
    assertTrue(host.err.contains("warning: nothing is sent"), host.err);
  }

  @Test
  void theServerMayStandInTheSettingsFile() throws IOException {
    Path file = home.resolve(".claude/auto-skill/telemetry.properties");
    Files.writeString(
        file, "sync-to=%s\nsync-password=%s\n".formatted(address.replaceAll("&.*", ""), SECRET));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    assertEquals(0, run("sync push"), host.err);

    assertTrue(host.out.contains(" 56 "), host.out);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals(3, run("sync push"));
    assertTrue(host.err.endsWith("chmod 600 " + file + "\n"), host.err);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sync",
        "sync pull",
        "sync push",
        "sync push --to http://u:open-sesame@h/d",
        "sync status --full --to jdbc:postgresql://h/d?password=open-sesame",
        "sync push --watch --full --to jdbc:postgresql://h/d?password=open-sesame",
        "sync push --dry-run --json --to jdbc:postgresql://h/d?password=open-sesame",
        "doctor --db jdbc:postgresql://h/d?password=open-sesame",
        "export --db jdbc:postgresql://h/d?password=open-sesame",
        "report --errors --db jdbc:postgresql://h/d?password=open-sesame",
        "gate --db jdbc:mysql://u:open-sesame@h/d",
        "report --db jdbc:mysql://u:open-sesame@h/d"
      })
  void aWrongCommandLineIsNamedWithoutTheAddress(String line) {
    assertEquals(2, run(line), host.err);

    assertFalse(host.err.contains("sesame"), host.err);
    assertEquals("", host.out);
  }

  @Test
  void aServerThatIsAwayIsNamedWithoutThePassword() {
    String away = "jdbc:postgresql://u:" + SECRET + "@localhost:1/d";

    for (String line : List.of("sync push --to ", "report --db ", "gate --db ", "html --db ")) {
      assertEquals(3, run(line + away));
      assertTrue(host.err.contains("jdbc:postgresql://localhost:1/d: the server"), host.err);
      assertFalse(host.err.contains(SECRET), host.err);
    }
  }

  private int run(String line) {
    return host.run(line.split(" "));
  }

  private static String withoutPort(String text) {
    return text.replaceAll("localhost:\\d+/events_\\d+", "localhost:5432/events")
        .replaceAll(" {2,}", "  ");
  }
}
