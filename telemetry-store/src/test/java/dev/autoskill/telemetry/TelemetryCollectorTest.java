package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.event.TelemetryStats;
import dev.autoskill.telemetry.report.EffectivenessReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryCollectorTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:24:51.300Z");

  @TempDir Path directory;

  @Test
  void returnsTheEventThatItStores() {
    try (TelemetryCollector telemetry = TestTelemetry.openAt(NOW.toEpochMilli(), database())) {
      TelemetryEvent event =
          telemetry.recordEvent(
              SkillUse.of("id-1", "code-review")
                  .session("s-1")
                  .agent("cursor")
                  .outcome(Outcome.PARTIAL)
                  .duration(Duration.ofMillis(12)));

      assertEquals(
          new TelemetryEvent(
              event.id(), "id-1", "code-review", "s-1", "cursor", 12L, Outcome.PARTIAL, NOW),
          event);
      assertEquals(List.of(event), telemetry.getEvents());
    }
  }

  @Test
  void fillsInWhatTheUseLeavesOpen() {
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      TelemetryEvent first = telemetry.recordEvent(SkillUse.of("code-review"));
      TelemetryEvent second = telemetry.recordEvent(SkillUse.of("tdd"));

      assertEquals("code-review", first.skillId());
      assertEquals("unknown", first.agentId());
      assertNull(first.durationMs());
      assertEquals(Outcome.SUCCESS, first.outcome());
      assertEquals(first.sessionId(), second.sessionId());
      assertNull(telemetry.getEvents("code-review", 1).get(0).durationMs());
    }
  }

  @Test
  void takesTheAgentFromTheEnvironment() {
    try (TelemetryCollector telemetry =
        TestTelemetry.open(
            TelemetryConfig.builder().database(database()),
            Map.of("AUTO_SKILL_AGENT", "claude-code"))) {
      assertEquals("claude-code", telemetry.recordEvent(SkillUse.of("code-review")).agentId());
    }
  }

  @Test
  void takesTheAgentFromWhatTheAgentSets() {
    try (TelemetryCollector telemetry =
        TestTelemetry.open(
            TelemetryConfig.builder().database(database()), Map.of("CURSOR_TRACE_ID", "t-1"))) {
      assertEquals("cursor", telemetry.recordEvent(SkillUse.of("code-review")).agentId());
    }
  }

  @Test
  void collectorsOfOneProcessShareItsSession() {
    try (TelemetryCollector one = TestTelemetry.open(database());
        TelemetryCollector other = TestTelemetry.open(database())) {
      assertEquals(
          one.recordEvent(SkillUse.of("a")).sessionId(),
          other.recordEvent(SkillUse.of("a")).sessionId());
    }
  }

  @Test
  void reportsEverySkillMostUsedFirstAndTiesByName() {
    try (TelemetryCollector telemetry = TestTelemetry.openAt(NOW.toEpochMilli(), database())) {
      SkillUse review = SkillUse.of("review");
      telemetry.recordEvent(review.agent("b").duration(Duration.ofMillis(1)));
      telemetry.recordEvent(review.agent("a").duration(Duration.ofMillis(2)));
      telemetry.recordEvent(review.agent("b").outcome(Outcome.FAILURE));
      telemetry.recordEvent(SkillUse.of("z").agent("a").outcome(Outcome.SKIPPED));
      telemetry.recordEvent(SkillUse.of("m").agent("a").outcome(Outcome.PARTIAL));

      assertEquals(
          List.of(
              new FirstEight("review", 3, 2, 1, 0.667, 2L, List.of("a", "b"), NOW),
              new FirstEight("m", 1, 0, 0, 0.0, null, List.of("a"), NOW),
              new FirstEight("z", 1, 0, 0, 0.0, null, List.of("a"), NOW)),
          FirstEight.of(telemetry.getEffectivenessReport()));
    }
  }

  @Test
  void reportsOneSkill() {
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      telemetry.recordEvent(SkillUse.of("a"));
      telemetry.recordEvent(SkillUse.of("b"));

      List<EffectivenessReport> reports = telemetry.getEffectivenessReport("b");

      assertEquals(List.of("b"), reports.stream().map(EffectivenessReport::skillName).toList());
      assertEquals(List.of(), telemetry.getEffectivenessReport("no such skill"));
    }
  }

  @Test
  void answersTheNewestEventsAndThoseOfOneMillisecondInReverseOrderOfRecording() {
    try (TelemetryCollector telemetry = TestTelemetry.openAt(NOW.toEpochMilli(), database())) {
      List<TelemetryEvent> recorded =
          IntStream.range(0, 150)
              .mapToObj(i -> telemetry.recordEvent(SkillUse.of(i % 2 == 0 ? "even" : "odd")))
              .toList();

      assertEquals(newestFirst(recorded).subList(0, 100), telemetry.getEvents());
      assertEquals(newestFirst(recorded), telemetry.getEvents(null, 1000));
      assertEquals(
          newestFirst(recorded).stream().filter(e -> e.skillName().equals("odd")).limit(7).toList(),
          telemetry.getEvents("odd", 7));
    }
  }

  @Test
  void keepsTheOrderOfRecordedUsesAndRecordedEvents() {
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      Skill timed = Skill.named("timed");
      for (int i = 0; i < 500; i++) {
        telemetry.recordUse(timed, null, Outcome.SUCCESS, System.nanoTime(), System.nanoTime());
        telemetry.recordEvent(SkillUse.of("event"));
      }

      List<TelemetryEvent> events = telemetry.getEvents(null, 1000);

      assertEquals(1000, events.size());
      List<String> ids = events.stream().map(TelemetryEvent::id).toList();
      assertEquals(newestFirst(ids.stream().sorted().toList()), ids);
      for (int i = 0; i < 1000; i += 2) {
        assertEquals("event", events.get(i).skillName());
        assertEquals("timed", events.get(i + 1).skillName());
      }
    }
  }

  @Test
  void timesRecordedUses() {
    try (TelemetryCollector telemetry = TestTelemetry.openAt(NOW.toEpochMilli(), database())) {
      long end = System.nanoTime();
      long start = end - Duration.ofMillis(1500).toNanos() - 999_999;
      telemetry.recordUse(new Skill("i", "n"), "cursor", Outcome.FAILURE, start, end);

      TelemetryEvent event = telemetry.getEvents().get(0);
      assertEquals("i", event.skillId());
      assertEquals("n", event.skillName());
      assertEquals("cursor", event.agentId());
      assertEquals(Outcome.FAILURE, event.outcome());
      assertEquals(1500L, event.durationMs());
    }
  }

  @Test
  void refusesBadArgumentsAndNamesThem() throws IOException {
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      assertNames("use", NullPointerException.class, () -> telemetry.recordEvent(null));
      assertNames("timeout", NullPointerException.class, () -> telemetry.flush(null));
      assertNames("limit", IllegalArgumentException.class, () -> telemetry.getEvents(null, 0));
    }
    assertFalse(Files.exists(database()));
    assertNames("database", NullPointerException.class, () -> TelemetryCollector.open((Path) null));
    assertNames(
        "config",
        NullPointerException.class,
        () -> TelemetryCollector.open((TelemetryConfig) null));
    assertNames(
        "database", IllegalArgumentException.class, () -> TelemetryCollector.open(directory));
    assertNames(
        "AUTO_SKILL_TELEMETRY_DB",
        IllegalArgumentException.class,
        () ->
            TestTelemetry.open(
                TelemetryConfig.builder(),
                Map.of("AUTO_SKILL_TELEMETRY_DB", directory.toString())));
  }

  @Test
  void putsTheDatabaseWhereTheEnvironmentSaysAndNothingElsewhere() throws IOException {
    Path elsewhere = directory.resolve("else where#%20").resolve("x?cache_size=1");
    TelemetryConfig.Builder config = TelemetryConfig.builder();
    Map<String, String> environment = Map.of("AUTO_SKILL_TELEMETRY_DB", elsewhere.toString());
    try (TelemetryCollector telemetry = TestTelemetry.open(config, environment)) {
      telemetry.recordEvent(SkillUse.of("a"));
      assertTrue(telemetry.flush(Duration.ofMinutes(1)));
    }
    assertTrue(Files.size(elsewhere) > 0);
    try (Stream<Path> files = Files.walk(directory)) {
      assertEquals(List.of(elsewhere), files.filter(Files::isRegularFile).toList());
    }
  }

  @Test
  void storesWhatWaitsWhenItIsClosed() {
    TelemetryCollector telemetry = TestTelemetry.open(database());
    IntStream.range(0, 10_000).forEach(i -> telemetry.recordEvent(SkillUse.of("a")));
    telemetry.close();

    assertEquals(new TelemetryStats(10_000, 10_000, 0, 0, 0, 0, 0, 0), telemetry.stats());
    assertEquals(10_000, telemetry.getEffectivenessReport().get(0).totalUses());
  }

  @Test
  void dropsAndCountsWhatComesAfterItIsClosed() {
    TelemetryCollector telemetry = TestTelemetry.open(database());
    telemetry.recordEvent(SkillUse.of("a"));
    telemetry.close();
    telemetry.close();

    assertEquals("b", telemetry.recordEvent(SkillUse.of("b")).skillName());
    telemetry.recordUse(Skill.named("c"), null, Outcome.SUCCESS, 0, 0);

    assertEquals(new TelemetryStats(3, 1, 0, 0, 2, 0, 0, 0), telemetry.stats());
    assertTrue(telemetry.flush(Duration.ZERO));
  }

  @Test
  void keepsTheInterruptOfItsCaller() {
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      telemetry.recordEvent(SkillUse.of("a"));
      Thread.currentThread().interrupt();
      try {
        assertEquals(1, telemetry.getEvents().size());
        assertTrue(Thread.currentThread().isInterrupted());
      } finally {
        Thread.interrupted();
      }
    }
  }

  @Test
  void twoCollectorsShareOneDatabase() {
    try (TelemetryCollector one = TestTelemetry.open(database());
        TelemetryCollector other = TestTelemetry.open(database())) {
      for (int i = 0; i < 1000; i++) {
        one.recordEvent(SkillUse.of("a"));
        other.recordEvent(SkillUse.of("a"));
      }
      assertTrue(one.flush(Duration.ofMinutes(1)));

      assertEquals(2000, other.getEffectivenessReport().get(0).totalUses());
      assertEquals(0, one.stats().faults() + other.stats().faults());
    }
  }

  private Path database() {
    return directory.resolve("telemetry").resolve("telemetry.db");
  }

  private static <T> List<T> newestFirst(List<T> recorded) {
    return IntStream.range(0, recorded.size())
        .mapToObj(i -> recorded.get(recorded.size() - 1 - i))
        .toList();
  }

  private static void assertNames(
      String argument, Class<? extends Exception> expected, Runnable call) {
    Exception thrown = assertThrows(expected, call::run);
    assertTrue(thrown.getMessage().startsWith(argument + " must "), thrown.getMessage());
  }
}
