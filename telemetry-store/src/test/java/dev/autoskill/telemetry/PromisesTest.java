package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.f4b6a3.ulid.Ulid;
import dev.autoskill.telemetry.LoopbackServer.Request;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.OptOut;
import dev.autoskill.telemetry.report.EffectivenessReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The promises of auto-skill's telemetry module, sentence by sentence. */
class PromisesTest {

  @TempDir Path directory;

  @Nested
  class CreateTelemetryCollector {

    @Test
    void recordsPerSkillUsageEventsInALocalSqliteDatabase() throws IOException {
      try (TelemetryCollector telemetry = open(Map.of())) {
        telemetry.recordEvent(SkillUse.of("review"));
        assertTrue(telemetry.flush(Duration.ofMinutes(1)));
      }
      assertEquals(
          "SQLite format 3", new String(Files.readAllBytes(database()), 0, 15, "US-ASCII"));
    }

    @Test
    void putsItIntoTheHomeDirectoryByDefault() {
      Environment environment = Environment.of(Map.of(), Map.of("user.home", directory.toString()));
      try (TelemetryCollector telemetry =
          TestTelemetry.open(TelemetryConfig.builder(), environment)) {
        telemetry.recordEvent(SkillUse.of("review"));
      }
      assertTrue(Files.exists(directory.resolve(".claude/auto-skill/telemetry.db")));
    }

    @Test
    void providesAggregationQueries() {
      try (TelemetryCollector telemetry = open(Map.of())) {
        telemetry.recordEvent(SkillUse.of("review"));
        assertEquals(1, telemetry.getEffectivenessReport().size());
      }
    }
  }

  @Nested
  class IsTelemetryDisabled {

    @ParameterizedTest
    @ValueSource(
        strings = {"AUTO_SKILL_NO_TELEMETRY", "DO_NOT_TRACK", "CI", "GITHUB_ACTIONS", "GITLAB_CI"})
    void isTrueWhenTheVariableIsSet(String variable) {
      assertFalse(allowsRecording(Map.of(variable, "1")));
    }

    private static boolean allowsRecording(Map<String, String> variables) {
      return OptOut.decision(Environment.of(variables), false).allowsRecording();
    }

    @Test
    void isFalseOtherwise() {
      assertTrue(allowsRecording(Map.of()));
    }
  }

  @Nested
  class Track {

    @Test
    void isALightweightGetToTheEndpointWithAggregateDataOnly() throws Exception {
      try (LoopbackServer server = new LoopbackServer(204);
          TelemetryCollector telemetry = open(sendingTo(server))) {
        telemetry.track(
            "report", Map.of("skills", 7, "score", 0.5, "user_id", 1, "path", "/home/alice"));

        Request request = server.next();
        assertEquals("GET", request.method());
        assertTrue(
            request
                .target()
                .matches(
                    "/beacon\\?tool=autoskill-telemetry-java&event=report&version=[^&]+"
                        + "&java=\\d+&os=[a-z]+&score=0\\.5&skills=7"),
            request.target());
      }
    }

    @Test
    void doesNotBlockAndItsFailuresAreIgnored() {
      // Nobody listens at port 1, and where somebody did, it would not speak TLS.
      Map<String, String> nowhere = Map.of("AUTO_SKILL_TELEMETRY_ENDPOINT", "https://127.0.0.1:1/");
      try (TelemetryCollector telemetry = open(nowhere)) {
        for (int i = 0; i < 100; i++) {
          telemetry.track("report", Map.of("n", i));
          telemetry.recordEvent(SkillUse.of("review"));
        }
        assertEquals(100, telemetry.getEffectivenessReport().get(0).totalUses());
        assertEquals(0, telemetry.diagnostics().beacon().sent());
        assertTrue(telemetry.diagnostics().beacon().dropped() > 0);
      }
    }

    @Test
    void sendsNothingWithoutAnEndpoint() {
      try (TelemetryCollector telemetry = open(Map.of())) {
        telemetry.track("report", Map.of("n", 1));
        assertEquals(0, telemetry.diagnostics().beacon().dropped());
      }
    }
  }

  @Nested
  class RecordEvent {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNRECOGNISED")
    void takesIdNameSessionOutcomeAgentAndDuration(Outcome outcome) {
      try (TelemetryCollector telemetry = open(Map.of())) {
        TelemetryEvent event =
            telemetry.recordEvent(
                SkillUse.of("id", "name")
                    .session("s")
                    .outcome(outcome)
                    .agent("cursor")
                    .duration(Duration.ofMillis(5)));

        assertEquals(List.of(event), telemetry.getEvents());
        assertEquals("id", event.skillId());
        assertEquals("name", event.skillName());
        assertEquals("s", event.sessionId());
        assertEquals(outcome, event.outcome());
        assertEquals("cursor", event.agentId());
        assertEquals(5L, event.durationMs());
      }
    }

    @Test
    void agentIsUnknownAndDurationMissingUnlessGiven() {
      try (TelemetryCollector telemetry = open(Map.of())) {
        telemetry.recordEvent(SkillUse.of("name").session("s").outcome(Outcome.SUCCESS));

        TelemetryEvent stored = telemetry.getEvents().get(0);
        assertEquals("unknown", stored.agentId());
        assertNull(stored.durationMs());
      }
    }

    @Test
    void persistsAndFiresTheBeaconWithOutcomeAgentAndDuration() throws Exception {
      try (LoopbackServer server = new LoopbackServer(204);
          TelemetryCollector telemetry = open(sendingTo(server))) {
        TelemetryEvent event =
            telemetry.recordEvent(
                SkillUse.of("secret-name")
                    .session("secret-session")
                    .outcome(Outcome.PARTIAL)
                    .agent("cursor")
                    .duration(Duration.ofMillis(5)));

        String target = server.next().target();
        assertTrue(target.contains("&event=skill_use&"), target);
        assertTrue(target.endsWith("&agent=cursor&duration_ms=5&outcome=partial"), target);
        assertFalse(target.contains("secret"), target);
        assertFalse(target.contains(event.id()), target);
        assertEquals(List.of(event), telemetry.getEvents());
      }
    }

    @Test
    void returnsTheEventWithItsUlidAndTimestamp() {
      try (TelemetryCollector telemetry = open(Map.of())) {
        Instant before = Instant.now().minusSeconds(60);
        TelemetryEvent event = telemetry.recordEvent(SkillUse.of("name"));

        assertTrue(Ulid.isValid(event.id()));
        assertEquals(event.timestamp(), Instant.parse(event.timestamp().toString()));
        assertTrue(event.timestamp().isAfter(before));
      }
    }
  }

  @Nested
  class GetEffectivenessReport {

    @Test
    void tellsPerNameUsesSuccessesFailuresRateAverageAgentsAndLastUse() {
      try (TelemetryCollector telemetry = open(Map.of())) {
        SkillUse use = SkillUse.of("name").agent("b").duration(Duration.ofMillis(10));
        telemetry.recordEvent(use);
        telemetry.recordEvent(use.agent("a").duration(Duration.ofMillis(21)));
        TelemetryEvent last = telemetry.recordEvent(use.outcome(Outcome.FAILURE));

        assertEquals(
            List.of(
                new FirstEight("name", 3, 2, 1, 0.667, 14L, List.of("a", "b"), last.timestamp())),
            FirstEight.of(telemetry.getEffectivenessReport("name")));
      }
    }

    @Test
    void theAverageIsMissingIfNoUseHasADuration() {
      try (TelemetryCollector telemetry = open(Map.of())) {
        telemetry.recordEvent(SkillUse.of("name"));
        assertNull(telemetry.getEffectivenessReport().get(0).avgDurationMs());
      }
    }

    @Test
    void isSortedByTotalUsesDescending() {
      try (TelemetryCollector telemetry = open(Map.of())) {
        for (String name : List.of("once", "thrice", "twice", "thrice", "twice", "thrice")) {
          telemetry.recordEvent(SkillUse.of(name));
        }
        assertEquals(
            List.of("thrice", "twice", "once"),
            telemetry.getEffectivenessReport().stream()
                .map(EffectivenessReport::skillName)
                .toList());
      }
    }
  }

  @Nested
  class GetEvents {

    @Test
    void answersNewestFirst() {
      try (TelemetryCollector telemetry = open(Map.of())) {
        List<TelemetryEvent> recorded =
            IntStream.range(0, 10)
                .mapToObj(i -> telemetry.recordEvent(SkillUse.of("name-" + i % 2)))
                .toList();

        assertEquals(
            recorded.stream().sorted(Comparator.comparing(TelemetryEvent::id).reversed()).toList(),
            telemetry.getEvents());
        assertEquals(List.of(recorded.get(9), recorded.get(7)), telemetry.getEvents("name-1", 2));
      }
    }
  }

  @Nested
  class Principles {

    @Test
    void noPersonalInformation() {
      try (TelemetryCollector telemetry = open(Map.of())) {
        TelemetryEvent event =
            telemetry.recordEvent(
                SkillUse.of("mail alice@example.com", "/home/alice/notes.txt")
                    .session("192.168.17.4")
                    .agent("C:\\Users\\alice\\agent.exe"));

        assertEquals(
            List.of("redacted", "redacted", "redacted", "redacted"),
            List.of(event.skillId(), event.skillName(), event.sessionId(), event.agentId()));
        assertEquals(4, telemetry.stats().redacted());
        assertEquals(List.of(event), telemetry.getEvents());
      }
    }

    @Test
    void noContentBecauseAnEventHasNoPlaceForIt() {
      assertEquals(
          List.of(
              "id",
              "skillId",
              "skillName",
              "sessionId",
              "agentId",
              "durationMs",
              "outcome",
              "timestamp"),
          IntStream.range(0, TelemetryEvent.class.getRecordComponents().length)
              .mapToObj(i -> TelemetryEvent.class.getRecordComponents()[i].getName())
              .toList());
    }

    @Test
    void onlyAggregatesAreSent() throws Exception {
      try (LoopbackServer server = new LoopbackServer(204);
          TelemetryCollector telemetry = open(sendingTo(server))) {
        telemetry.track(
            "report",
            Map.of(
                "text",
                "two words",
                "session",
                "s-1",
                "skill_name",
                "review",
                "address",
                "10.0.0.1"));

        assertTrue(server.next().target().matches(".*&os=[a-z]+"));
        assertEquals(4, telemetry.diagnostics().beacon().leftOut());
      }
    }

    @Test
    void fireAndForget() throws Exception {
      try (LoopbackServer server = new LoopbackServer(500);
          TelemetryCollector telemetry = open(sendingTo(server))) {
        TelemetryEvent event = telemetry.recordEvent(SkillUse.of("name"));

        server.next();
        assertEquals(List.of(event), telemetry.getEvents());
        assertTrue(server.wasNotAsked());
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"AUTO_SKILL_NO_TELEMETRY", "DO_NOT_TRACK", "CI", "AUTO_SKILL_TELEMETRY"})
    void optOutAndCiSendNothing(String variable) throws Exception {
      try (LoopbackServer server = new LoopbackServer(204);
          TelemetryCollector telemetry =
              open(Map.of(variable, "local", "AUTO_SKILL_TELEMETRY_ENDPOINT", server.url()))) {
        // So many that, if there were a beacon, some would have been dropped or sent by now.
        for (int i = 0; i < 1000; i++) {
          telemetry.track("report", Map.of("n", i));
        }
        telemetry.recordEvent(SkillUse.of("name"));

        boolean recordsLocally = variable.equals("AUTO_SKILL_TELEMETRY");
        assertEquals(recordsLocally ? 1 : 0, telemetry.getEvents().size());
        assertEquals(
            0,
            telemetry.diagnostics().beacon().sent() + telemetry.diagnostics().beacon().dropped());
        assertTrue(server.wasNotAsked());
      }
    }

    @Test
    void codeCanSwitchOffButNotOn() {
      TelemetryConfig.Builder off = TelemetryConfig.builder().database(database()).disabled();
      try (TelemetryCollector telemetry = TestTelemetry.open(off, Map.of())) {
        assertFalse(telemetry.isRecording());
      }
      Environment optedOut =
          Environment.of(
              Map.of("DO_NOT_TRACK", "1"), Map.of("autoskill.telemetry.disabled", "false"));
      try (TelemetryCollector telemetry =
          TestTelemetry.open(TelemetryConfig.builder().database(database()), optedOut)) {
        assertFalse(telemetry.isRecording());
      }
    }
  }

  private static Map<String, String> sendingTo(LoopbackServer server) {
    return Map.of("AUTO_SKILL_TELEMETRY_ENDPOINT", server.url());
  }

  private TelemetryCollector open(Map<String, String> environment) {
    return TestTelemetry.open(TelemetryConfig.builder().database(database()), environment);
  }

  private Path database() {
    return directory.resolve("telemetry.db");
  }
}
