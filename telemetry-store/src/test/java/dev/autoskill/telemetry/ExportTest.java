package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.Export;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {

  private static final long NOW = 1_795_350_291_300L;
  private static final String AWKWARD =
      "say \"hi\",\\ tab\tand\r\nnew line \ud83d\ude00 \ud800 =1+1";

  @TempDir Path directory;

  @Test
  void csvQuotesWhatItMustAndNothingElse() throws IOException {
    try (TelemetryCollector telemetry = open()) {
      TelemetryEvent plain =
          telemetry.recordEvent(
              SkillUse.of("plain").session("s").agent("a").duration(Duration.ofMillis(12)));
      TelemetryEvent awkward =
          telemetry.recordEvent(
              SkillUse.of("=1,\"2\"").session("s").agent("a").outcome(Outcome.SKIPPED));
      StringWriter out = new StringWriter();

      assertEquals(2, telemetry.reports().exportEvents(null, Export.Format.CSV, out));

      assertEquals(
          "id,skillId,skillName,sessionId,agentId,durationMs,outcome,timestamp\r\n"
              + plain.id()
              + ",plain,plain,s,a,12,success,2026-11-22T12:24:51.300Z\r\n"
              + awkward.id()
              + ",\"=1,\"\"2\"\"\",\"=1,\"\"2\"\"\",s,a,,skipped,2026-11-22T12:24:51.300Z\r\n",
          out.toString());
    }
  }

  @Test
  void jsonLinesAreReadByAnyParser() throws IOException {
    try (TelemetryCollector telemetry = open()) {
      TelemetryEvent event =
          telemetry.recordEvent(SkillUse.of(AWKWARD).session("s").duration(Duration.ofMillis(3)));
      StringWriter out = new StringWriter();

      assertEquals(
          1, telemetry.reports().exportEvents(event.skillName(), Export.Format.JSON_LINES, out));

      assertEquals(1, out.toString().lines().count());
      JsonNode json = new ObjectMapper().readTree(out.toString());
      TelemetryEvent stored = telemetry.getEvents().get(0);
      assertEquals(stored.skillName(), json.get("skillName").asText());
      assertEquals(stored.id(), json.get("id").asText());
      assertEquals(3, json.get("durationMs").asLong());
      assertEquals("success", json.get("outcome").asText());
    }
  }

  @Test
  void reportsComeWithTheirInterval() throws IOException {
    try (TelemetryCollector telemetry = open()) {
      telemetry.recordEvent(SkillUse.of("a").agent("y"));
      telemetry.recordEvent(SkillUse.of("a").agent("x"));
      StringWriter json = new StringWriter();
      StringWriter csv = new StringWriter();

      telemetry.reports().exportReports(ReportQuery.ALL, Export.Format.JSON_LINES, json);
      telemetry.reports().exportReports(ReportQuery.ALL, Export.Format.CSV, csv);

      JsonNode report = new ObjectMapper().readTree(json.toString());
      assertEquals(2, report.get("totalUses").asLong());
      assertEquals("[\"x\",\"y\"]", report.get("agentsUsed").toString());
      assertEquals(1.0, report.get("attemptedSuccessRate").asDouble());
      // Wilson's lower end for 2 of 2 is n / (n + z²).
      assertEquals(0.342, report.get("attemptedSuccessRateLow95").asDouble(), 0.001);
      assertTrue(report.get("p50Ms").isNull());
      assertTrue(csv.toString().startsWith("skillName,totalUses,"), csv.toString());
      assertTrue(csv.toString().contains("\r\na,2,2,0,1.0,,x y,"), csv.toString());
    }
  }

  @Test
  void noEventsAreAHeaderOrNothing() throws IOException {
    try (TelemetryCollector telemetry = open()) {
      StringWriter json = new StringWriter();
      StringWriter csv = new StringWriter();

      assertEquals(0, telemetry.reports().exportEvents(null, Export.Format.JSON_LINES, json));
      assertEquals(0, telemetry.reports().exportEvents(null, Export.Format.CSV, csv));

      assertEquals("", json.toString());
      assertEquals(List.of(1L), List.of(csv.toString().lines().count()));
    }
  }

  @Test
  void theWritersOwnTroubleIsTheCallers() {
    IOException full = new IOException("full");
    Writer out =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw full;
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    try (TelemetryCollector telemetry = open()) {
      telemetry.recordEvent(SkillUse.of("a"));

      assertEquals(
          full,
          assertThrows(
              IOException.class,
              () -> telemetry.reports().exportEvents(null, Export.Format.CSV, out)));
      assertEquals(0, telemetry.stats().faults());
    }
  }

  @Test
  void whatElseTheWriterThrowsIsTheCallersToo() {
    IllegalStateException closed = new IllegalStateException("closed");
    Writer out =
        new StringWriter() {
          @Override
          public void write(String text) {
            throw closed;
          }

          @Override
          public void write(String text, int from, int length) {
            throw closed;
          }

          @Override
          public StringWriter append(CharSequence text) {
            throw closed;
          }
        };
    try (TelemetryCollector telemetry = open()) {
      telemetry.recordEvent(SkillUse.of("a"));

      assertEquals(
          closed,
          assertThrows(
              IllegalStateException.class,
              () -> telemetry.reports().exportEvents(null, Export.Format.JSON_LINES, out)));
      assertEquals(0, telemetry.stats().faults());
    }
  }

  /** The events alone take up several times the heap. */
  @Test
  void anExportOfAnyNumberOfEventsTakesTheSameMemory() throws Exception {
    int events = 150_000;
    Path database = directory.resolve("telemetry.db");
    try (TelemetryCollector telemetry = open()) {
      telemetry.recordEvent(SkillUse.of("a"));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO skill_telemetry
            WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
            SELECT printf('%%026d', i), 'skill', 'skill', printf('session-%%060d', i), 'a', i,
              'success', '2026-11-22T12:24:51.379Z'
            FROM n
          """
              .formatted(events));
    }
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-cp",
                System.getProperty("java.class.path"),
                ExportingProgram.class.getName(),
                database.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();

    assertEquals(
        String.valueOf(events),
        new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    assertEquals(0, program.waitFor());
  }

  private TelemetryCollector open() {
    return TestTelemetry.openAt(NOW, directory.resolve("telemetry.db"));
  }
}
