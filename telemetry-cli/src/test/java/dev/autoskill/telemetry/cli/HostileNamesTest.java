package dev.autoskill.telemetry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.cli.output.Printable;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Names are data, whatever is in them. */
class HostileNamesTest {

  private static final List<String> NAMES =
      List.of(
          "red \u001b[31m and \u009b2J cleared",
          "title \u001b]0;owned\u0007",
          "two\nlines\rback",
          "right-to-left \u202etxt.exe",
          "\ud83d\ude00".repeat(256),
          "<script>alert(1)</script>",
          "'\"& | `code` [link](x) *b*",
          "half \ud83d pair");

  @TempDir Path home;
  private TestHost host;

  /** As another program may write them: this library cleans names before it stores them. */
  @BeforeEach
  void storeHostileEvents() throws SQLException {
    host = new TestHost(home);
    host.record(Duration.ofDays(40), TestHost.use("makes the table", Outcome.SUCCESS, 1));
    String url = "jdbc:sqlite:" + host.database();
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO skill_telemetry VALUES (?1, ?1, ?1, ?1, ?1, 1, 'failure', ?2)")) {
      for (String name : NAMES) {
        insert.setString(1, name);
        insert.setString(2, "2026-11-28T11:59:00.000Z");
        insert.executeUpdate();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "report",
        "report --format csv",
        "report --format md",
        "report --format jsonl",
        "report --json",
        "report --json=auto-skill",
        "events",
        "events --format csv",
        "events --json"
      })
  void nothingThatATerminalWouldObeyReachesIt(String line) {
    assertEquals(0, host.terminal(100).run((line + " --color never").split(" ")));

    assertTrue(
        host.out.codePoints().noneMatch(c -> Printable.isObeyed(c) && c != '\n' && c != '\r'),
        Printable.of(host.out));
    assertTrue(host.out.contains("u001b"), host.out);
    // A carriage return only ends lines of CSV.
    assertEquals(-1, host.out.replace("\r\n", "\n").indexOf('\r'));
  }

  @Test
  void rowsStayRowsAndFitTheTerminal() {
    host.terminal(80).run();

    assertEquals(1 + NAMES.size(), host.out.lines().count(), host.out);
    assertTrue(
        host.out.lines().allMatch(line -> Printable.width(stripColours(line)) <= 80), host.out);
  }

  @Test
  void jsonKeepsEveryName() throws IOException {
    host.run("--json");

    JsonNode rows = new ObjectMapper().readTree(host.out).get("rows");
    List<String> stored = rows.findValuesAsText("skillName").stream().sorted().toList();
    // Half a surrogate pair cannot be stored.
    assertEquals(
        NAMES.stream().map(name -> name.replace("\ud83d pair", "? pair")).sorted().toList(),
        stored.stream().map(name -> name.replace("\ufffd pair", "? pair")).sorted().toList());
  }

  @Test
  void aFileGetsCsvAsItIsStored() {
    host.run("events", "--format", "csv");

    assertTrue(host.out.contains("\"two\nlines\rback\""), host.out);
    assertTrue(host.out.contains("\u001b[31m"), host.out);
  }

  @Test
  void markdownCellsStayCells() {
    host.run("report", "--format", "md");

    assertTrue(host.out.contains("| &lt;script&gt;alert(1)&lt;/script&gt; |"), host.out);
    assertTrue(host.out.contains("| '\"&amp; \\| \\`code\\` \\[link\\](x) \\*b\\* |"), host.out);
    assertEquals(2 + NAMES.size(), host.out.lines().count());
  }

  @Test
  void xmlIsWellFormedWithEveryName() throws Exception {
    assertEquals(4, host.run("gate", "--format", "junit"), host.err);

    NodeList cases =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(host.out)))
            .getElementsByTagName("testcase");
    assertEquals(NAMES.size(), cases.getLength());
    assertTrue(host.out.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), host.out);
    assertTrue(host.out.contains("&apos;&quot;&amp; | `code` [link](x) *b*"), host.out);
    assertTrue(
        host.out.codePoints().noneMatch(c -> Printable.isObeyed(c) && c != '\n'),
        Printable.of(host.out));
  }

  @Test
  void messagesAreDataToo() {
    assertEquals(2, host.run("\u001b[31mreport"));
    assertEquals(-1, host.err.indexOf('\u001b'));
  }

  private static String stripColours(String line) {
    return line.replaceAll("\u001b\\[\\d*m", "");
  }
}
