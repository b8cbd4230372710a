package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.CurrentSkill;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillContext.Scope;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks that are run as uses of a skill. */
class UseBlockTest {

  private static final Object RESULT = new Object();
  private static final IOException CHECKED = new IOException("checked");
  private static final AssertionError ERROR = new AssertionError("error");

  @TempDir Path directory;

  @Test
  void returnsTheBlocksObjectAndRecordsASuccess() throws Exception {
    try (TelemetryCollector telemetry = open(Map.of())) {
      assertSame(RESULT, telemetry.use("review", () -> RESULT));

      TelemetryEvent event = telemetry.getEvents().get(0);
      assertEquals("review", event.skillId());
      assertEquals(Outcome.SUCCESS, event.outcome());
      assertTrue(event.durationMs() >= 0);
    }
  }

  @Test
  void throwsTheBlocksObjectAndRecordsAFailure() {
    try (TelemetryCollector telemetry = open(Map.of())) {
      assertSame(
          CHECKED,
          assertThrows(IOException.class, () -> telemetry.use("a", UseBlockTest::throwsChecked)));
      assertSame(
          ERROR, assertThrows(AssertionError.class, () -> telemetry.run("a", UseBlockTest::fails)));

      assertEquals(2, telemetry.getEffectivenessReport("a").get(0).failureCount());
    }
  }

  @Test
  void runsABlockThatReturnsNothing() {
    try (TelemetryCollector telemetry = open(Map.of())) {
      StringBuilder ran = new StringBuilder();
      telemetry.run("a", () -> ran.append("once"));

      assertEquals("once", ran.toString());
      assertEquals(1, telemetry.getEffectivenessReport("a").get(0).successCount());
    }
  }

  @Test
  void callsABlockWithoutCheckedExceptions() {
    try (TelemetryCollector telemetry = open(Map.of())) {
      assertSame(RESULT, telemetry.call("a", () -> RESULT));
      assertSame(
          ERROR,
          assertThrows(
              AssertionError.class,
              () ->
                  telemetry.call(
                      "a",
                      () -> {
                        throw ERROR;
                      })));

      assertEquals(List.of("failure", "success"), outcomes(telemetry, "a"));
    }
  }

  @Test
  void endsWithTheStageThatTheBlockReturns() throws Exception {
    try (TelemetryCollector telemetry = open(Map.of())) {
      CompletableFuture<Object> coming = new CompletableFuture<>();
      assertSame(coming, telemetry.use("a", () -> coming));
      assertSame(coming, telemetry.call("b", () -> coming));
      assertEquals(List.of(), telemetry.getEvents());

      coming.completeExceptionally(CHECKED);

      assertEquals(List.of("failure"), outcomes(telemetry, "a"));
      assertEquals(List.of("failure"), outcomes(telemetry, "b"));
    }
  }

  @Test
  void endsWithTheFirstSubscriptionOfAPublisherThatTheBlockReturns() throws Exception {
    try (TelemetryCollector telemetry = open(Map.of())) {
      Flow.Publisher<Object> failing =
          telemetry.use("a", () -> subscriber -> subscriber.onError(CHECKED));
      assertEquals(List.of(), telemetry.getEvents());

      failing.subscribe(new Ignoring());

      assertEquals(List.of("failure"), outcomes(telemetry, "a"));
    }
  }

  /** Its caller may expect an object of that very type. */
  @Test
  void answersAPublisherOfATypeThatTheBlockCanNameAsItIs() throws Exception {
    try (TelemetryCollector telemetry = open(Map.of());
        SubmissionPublisher<Object> ofJdk = new SubmissionPublisher<>()) {
      Own own = new Own();
      SubmissionPublisher<Object> published = telemetry.use("a", () -> ofJdk);
      Own ownAgain = telemetry.use("a", () -> own);

      assertSame(ofJdk, published);
      assertSame(own, ownAgain);
      assertEquals(List.of("success", "success"), outcomes(telemetry, "a"));
    }
  }

  @Test
  void tellsHowManyBlocksRunInsideOfEachOther() throws Exception {
    try (TelemetryCollector telemetry = open(Map.of())) {
      assertEquals(0, CurrentSkill.depth());
      assertEquals(2, telemetry.use("a", () -> telemetry.use("b", CurrentSkill::depth)));
      assertEquals(0, CurrentSkill.depth());
    }
  }

  @Test
  void takesSessionAndAgentFromTheContext() throws Exception {
    try (TelemetryCollector telemetry = open(Map.of("AUTO_SKILL_AGENT", "from-environment"))) {
      Scope scope = SkillContext.ofSession("s-1").withAgent("cursor").open();
      try {
        telemetry.use(new Skill("id", "in"), () -> RESULT);
      } finally {
        scope.close();
      }
      telemetry.use("out", () -> RESULT);

      TelemetryEvent in = telemetry.getEvents("in", 1).get(0);
      assertEquals("id", in.skillId());
      assertEquals("s-1", in.sessionId());
      assertEquals("cursor", in.agentId());
      assertEquals("from-environment", telemetry.getEvents("out", 1).get(0).agentId());
    }
  }

  @Test
  void theContextIsThatOfTheCallWhateverTheBlockOpensAndCloses() throws Exception {
    try (TelemetryCollector telemetry = open(Map.of())) {
      Scope callers = SkillContext.ofSession("callers").open();
      AtomicReference<Scope> left = new AtomicReference<>();
      telemetry.use(
          "leaves-it-open",
          () -> {
            left.set(SkillContext.ofSession("own").open());
            return RESULT;
          });
      left.get().close();
      assertThrows(
          IllegalStateException.class,
          () ->
              telemetry.use(
                  "closes-the-callers",
                  () -> {
                    callers.close();
                    throw new IllegalStateException();
                  }));

      for (String skill : List.of("leaves-it-open", "closes-the-callers")) {
        assertEquals("callers", telemetry.getEvents(skill, 1).get(0).sessionId());
      }
    }
  }

  @Test
  void runsTheBlockAndNothingElseWhenTelemetryIsOff() throws Exception {
    try (TelemetryCollector telemetry = open(Map.of("DO_NOT_TRACK", "1"))) {
      assertSame(RESULT, telemetry.use("a", () -> RESULT));
      assertEquals(List.of(), telemetry.getEvents());
    }
    assertTrue(Files.notExists(database()));
  }

  @Test
  void refusesBadArgumentsBeforeTheBlockRuns() {
    try (TelemetryCollector telemetry = open(Map.of())) {
      Callable<Object> block = () -> assertThrows(Exception.class, () -> {});
      assertEquals(
          "name must not be blank",
          assertThrows(IllegalArgumentException.class, () -> telemetry.use(" ", block))
              .getMessage());
      assertEquals(
          "name must not be null",
          assertThrows(NullPointerException.class, () -> telemetry.use((String) null, block))
              .getMessage());
      assertEquals(
          "skill must not be null",
          assertThrows(NullPointerException.class, () -> telemetry.use((Skill) null, block))
              .getMessage());
      assertEquals(
          "block must not be null",
          assertThrows(NullPointerException.class, () -> telemetry.use("a", null)).getMessage());
      assertEquals(
          "block must not be null",
          assertThrows(NullPointerException.class, () -> telemetry.run("a", null)).getMessage());
      assertEquals(
          "block must not be null",
          assertThrows(NullPointerException.class, () -> telemetry.call("a", null)).getMessage());
      assertEquals(
          "name must not be blank",
          assertThrows(IllegalArgumentException.class, () -> telemetry.run(" ", () -> {}))
              .getMessage());
      assertEquals(List.of(), telemetry.getEvents());
    }
  }

  private static List<String> outcomes(TelemetryCollector telemetry, String skill) {
    return telemetry.getEvents(skill, 10).stream().map(event -> event.outcome().text()).toList();
  }

  private static final class Own implements Flow.Publisher<Object> {

    @Override
    public void subscribe(Flow.Subscriber<? super Object> subscriber) {}
  }

  private static final class Ignoring implements Flow.Subscriber<Object> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {}

    @Override
    public void onNext(Object item) {}

    @Override
    public void onError(Throwable thrown) {}

    @Override
    public void onComplete() {}
  }

  private static Object throwsChecked() throws IOException {
    throw CHECKED;
  }

  private static void fails() {
    throw ERROR;
  }

  private TelemetryCollector open(Map<String, String> environment) {
    return TestTelemetry.open(TelemetryConfig.builder().database(database()), environment);
  }

  private Path database() {
    return directory.resolve("telemetry.db");
  }
}
