package dev.autoskill.telemetry.cli.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlPageTest {

  private static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "</script><img src=x onerror=alert(1)>",
          "'\"&<b>${7*7}",
          "\u001b[31mred\u001b]8;;https\u0007",
          "line\nfeed\r\ttab",
          "\u202egnirts\u2066\u2028\u2029",
          "\ud83d\ude00".repeat(256),
          "lone \ud800");

  @TempDir Path directory;
  private EventTable table;

  @BeforeEach
  void createTable() throws SQLException {
    table = new EventTable(directory.resolve("telemetry.db"));
  }

  @AfterEach
  void closeTable() throws SQLException {
    table.close();
  }

  @Test
  void theTableHasTheNumbersOfEachSkill() throws SQLException {
    table
        .add(7, "parse", "cursor", Outcome.SUCCESS, 12, EventTable.NOW.minusSeconds(7200))
        .add(2, "parse", "claude-code", Outcome.FAILURE, 1500, EventTable.NOW.minusSeconds(3600))
        .add(3, "parse", "cursor", Outcome.SKIPPED, 1, EventTable.NOW.minusSeconds(9000))
        .add("lint");

    Document page = table.page();

    assertEquals(
        List.of("parse 12 77.8 % 45.3–93.7 % 2 12 ms 1.5 s 2026-11-28 11:00"),
        page.select("#skills tbody tr").eachText().subList(0, 1));
    Element section = section(page, "parse");
    assertEquals("58.3 %", figure(section, "Of all uses"));
    assertEquals("3", figure(section, "Skipped"));
    assertEquals(
        List.of("claude-code 2 0.0 % 0.0–65.8 % 1.5 s", "cursor 10 100.0 % 64.6–100.0 % 12 ms"),
        section.select("table:has(caption:containsOwn(Agents)) tbody tr").eachText());
    assertEquals(
        "2026-11-28 11:00 failure 1.5 s claude-code",
        section.select("table:has(caption:containsOwn(Latest)) tbody tr").eachText().get(0));
    assertEquals(
        List.of("2026-11-28 12 77.8 % 45.3–93.7 % 12 ms 1.5 s"),
        section.select("details tbody tr").eachText());
    assertEquals(
        List.of("8 ms – 15 ms", "7", "1.0 s – 2.0 s", "2"),
        section.select("svg.bars text").eachText().stream()
            .filter(text -> text.matches("8 ms.*|1.0 s.*|[1-9]"))
            .toList());
  }

  @Test
  void theVerdictNamesTheSkillsThatBecameWorse() throws SQLException {
    table
        .add(40, "parse", "cursor", Outcome.SUCCESS, 12, EventTable.NOW.minus(Duration.ofDays(30)))
        .add(20, "parse", "cursor", Outcome.SUCCESS, 12, EventTable.NOW.minus(Duration.ofDays(3)))
        .add(20, "parse", "cursor", Outcome.FAILURE, 12, EventTable.NOW.minus(Duration.ofDays(2)));

    assertEquals(
        "1 skill was used 40 times from 2026-11-01 to 2026-11-28. 50.0 % of the 40 attempted uses"
            + " succeeded (95 % interval 35.2–64.8 %). 1 skill became worse than in the 28 days"
            + " before: parse: the success rate fell from 100.0 % to 50.0 %",
        table.page().select(".verdict, .worse").text());
  }

  @Test
  void theVerdictDoesNotTakeTooFewUsesForGoodNews() throws SQLException {
    assertTrue(table.page().select(".verdict").text().startsWith("No skill was used from"));
    table.add("lint");
    assertTrue(table.page().select(".verdict").text().contains("became worse cannot be said"));
    table
        .add(20, "parse", "cursor", Outcome.SUCCESS, 12, EventTable.NOW.minus(Duration.ofDays(30)))
        .add(20, "parse", "cursor", Outcome.SUCCESS, 12, EventTable.NOW.minus(Duration.ofDays(3)));
    assertTrue(
        table
            .page()
            .select(".verdict")
            .text()
            .contains("No skill became worse than in the 28 days before; 1 of 2 had enough"));
  }

  @Test
  void hostileNamesAreData() throws SQLException, IOException {
    for (String name : HOSTILE) {
      table.add(1, name, name, Outcome.SUCCESS, 12, EventTable.NOW.minusSeconds(60));
    }

    String html = table.html(EventTable.lastDays(28, "UTC"), "UTC");
    Document page = Jsoup.parse(html);

    assertEquals(List.of("data", ""), page.select("script").stream().map(Element::id).toList());
    assertEquals(0, page.select("img, b, iframe, object, embed, link, base, form").size());
    assertTrue(
        page.select("*").stream()
            .flatMap(element -> element.attributes().asList().stream())
            .noneMatch(attribute -> attribute.getKey().startsWith("on")));
    assertEquals(HOSTILE.size(), page.select("#skills tbody tr").size());
    assertTrue(
        html.codePoints()
            .noneMatch(c -> c == 0x1b || c == 0x202e || c == 0x2066 || c == 0x2028 || c == '\r'),
        "nothing that a terminal or an editor would obey");
    assertTrue(
        page.select("section h3").eachText().contains("\\u001b[31mred\\u001b]8;;https\\u0007"));
    List<String> names = json(page).findValuesAsText("skillName").stream().distinct().toList();
    assertTrue(names.containsAll(HOSTILE.subList(0, 7)), names.toString());
  }

  @Test
  void aSkillsSectionHasItsMostFrequentErrors() throws SQLException, IOException {
    for (String error : List.of("acme.Gone", "java.io.IOException", "java.io.IOException")) {
      table.fail("parse", error);
    }
    table.fail("parse", "<b>Moved").fail("parse", "later.TooRare").add("lint");

    Document page = table.page();

    String errors = "table:has(caption:containsOwn(Most frequent errors)) tbody tr";
    assertEquals(
        List.of("java.io.IOException 2", "<b>Moved 1", "acme.Gone 1"),
        section(page, "parse").select(errors).eachText());
    assertEquals(List.of(), section(page, "lint").select(errors));
    assertEquals(
        "{\"java.io.IOException\":2,\"<b>Moved\":1,\"acme.Gone\":1}",
        json(page).at("/rows/0/errors").toString());
    assertFalse(json(page).at("/rows/1").has("errors"));
  }

  @Test
  void thePolicyAllowsTheStyleAndTheScriptOfThePageAndNothingElse()
      throws SQLException, GeneralSecurityException {
    Document page = table.add("lint").page();

    String style = hash(page.selectFirst("style").data());
    String script = hash(page.select("script").last().data());
    assertEquals(
        "default-src 'none'; style-src "
            + style
            + "; script-src "
            + script
            + "; base-uri 'none'; form-action 'none'",
        page.selectFirst("meta[http-equiv=Content-Security-Policy]").attr("content"));
    assertEquals(0, page.select("[style]").size(), "the policy forbids them");
  }

  @Test
  void nothingPointsElsewhere() throws SQLException {
    String html = table.add("lint").html(EventTable.lastDays(28, "UTC"), "UTC");

    assertFalse(html.contains("://"), html);
    Document page = Jsoup.parse(html);
    assertEquals(0, page.select("[src]").size());
    for (Element link : page.select("[href]")) {
      String target = link.attr("href");
      boolean isWithin = target.startsWith("#") && page.getElementById(target.substring(1)) != null;
      assertTrue(isWithin || target.startsWith("data:text/csv"), target);
    }
    assertFalse(html.contains("secret-session"), "a page is shown to others");
  }

  @Test
  void theDataIsThatOfThePage() throws SQLException, IOException {
    Document page = table.add("lint").add("a,\"b").page();

    JsonNode json = json(page);
    assertEquals("skill-telemetry.page/1", json.get("schema").asText());
    assertEquals("2026-11-01T00:00:00Z", json.at("/window/since").asText());
    assertEquals("lint", json.at("/rows/1/skillName").asText());
    assertEquals(28, json.at("/rows/1/trend").size());
    assertEquals(1, json.at("/rows/1/trend/26/uses").asInt());
    assertEquals(12, json.at("/rows/1/durations/0/lowestMs").asInt());
    assertEquals("cursor", json.at("/rows/1/agents/0/agentId").asText());
    assertEquals("success", json.at("/rows/1/events/0/outcome").asText());
    String csv = page.getElementById("csv").attr("href");
    assertEquals(
        "skillName,totalUses,p95Ms\r\n\"a,\"\"b\",1,12\r\nlint,1,12\r\n",
        new String(
            Base64.getDecoder().decode(csv.substring(csv.indexOf("base64,") + 7)),
            StandardCharsets.UTF_8));
  }

  @Test
  void anIncompleteAnswerIsFlagged() throws SQLException, IOException {
    assertEquals(0, table.add("lint").page().select(".warning").size());

    Path damaged = Files.writeString(directory.resolve("damaged.db"), "no database".repeat(1000));
    Document page = Jsoup.parse(EventTable.html(damaged, EventTable.lastDays(28, "UTC"), "UTC"));
    assertTrue(page.select(".warning").text().startsWith("This page may be incomplete."));
  }

  @Test
  void manySkillsHaveARowAndThoseThatAreUsedMostASection() throws SQLException {
    for (int i = 0; i < Page.DETAILED + 3; i++) {
      table.add("skill-" + i);
    }
    Document page = table.add("skill-7").page();

    assertEquals(Page.DETAILED + 3, page.select("#skills tbody tr").size());
    assertEquals(Page.DETAILED, page.select("section").size());
    assertEquals("skill-7", page.selectFirst("section h3").text());
    assertTrue(page.text().contains("The 50 skills that were used most; the table has all 53."));
  }

  @Test
  void daysBeginInTheZone() throws SQLException {
    table.add(1, "late", "cursor", Outcome.SUCCESS, 1, EventTable.NOW.minus(Duration.ofHours(13)));

    assertEquals("2026-11-27", firstDayOfUse("UTC"));
    assertEquals("2026-11-28", firstDayOfUse("Asia/Kolkata"));
  }

  private String firstDayOfUse(String zone) throws SQLException {
    return Jsoup.parse(table.html(EventTable.lastDays(28, zone), zone))
        .selectFirst("details tbody th")
        .text();
  }

  @Test
  void aLongWindowIsCutIntoFewParts() throws SQLException, IOException {
    table
        .add("now")
        .add(3, "now", "cursor", Outcome.SUCCESS, 1, EventTable.NOW.minus(Duration.ofDays(1000)));

    Document page = Jsoup.parse(table.html(ReportQuery.ALL, "UTC"));

    JsonNode row = json(page).at("/rows/0");
    assertTrue(row.at("/trend").size() <= Page.POINTS, row.toString());
    assertEquals(3, row.at("/trend/0/uses").asInt());
    assertEquals(4, row.findValues("uses").stream().mapToInt(JsonNode::asInt).sum());
    assertEquals("Numbers per month", page.selectFirst("summary").text());
    assertEquals("month", json(page).get("period").asText());
  }

  private static Element section(Document page, String skill) {
    return page.selectFirst("section:has(h3 bdi:containsOwn(" + skill + "))");
  }

  private static String figure(Element section, String name) {
    return section
        .selectFirst("dl.figures div:has(dt:matchesWholeOwnText(" + name + ")) dd")
        .text();
  }

  private static JsonNode json(Document page) throws IOException {
    return new ObjectMapper().readTree(page.getElementById("data").data());
  }

  private static String hash(String text) throws GeneralSecurityException {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
  }
}
