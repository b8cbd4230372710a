package dev.autoskill.telemetry.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.annotations.CurrentSkill;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.session.SessionIds;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class SyncToolsTest extends RecordingTest {

  private static final McpSyncServerExchange CLIENT = Tools.syncClient("codex-mcp-client", "s-1");

  @Test
  void aCallIsAUseOfTheSkillWithTheToolsNameByTheClient() {
    SyncToolSpecification tool = Tools.sync("search", (client, request) -> Tools.ANSWER);
    SyncToolSpecification tracked = TrackedTools.track(tool);

    assertSame(tool.tool(), tracked.tool());
    assertSame(Tools.ANSWER, tracked.callHandler().apply(CLIENT, Tools.REQUEST));

    TelemetryEvent event = recording.event();
    assertEquals("search", event.skillId());
    assertEquals("search", event.skillName());
    assertEquals("codex", event.agentId());
    assertEquals(Outcome.SUCCESS, event.outcome());
    assertEquals(SessionIds.standingFor("s-1"), event.sessionId());
    assertNotEquals("s-1", event.sessionId());
  }

  @Test
  void theHandlerGetsWhatTheSdkHandsOver() {
    List<Object> seen =
        List.of(
            call(
                (client, request) -> {
                  assertSame(CLIENT, client);
                  assertSame(Tools.REQUEST, request);
                  return Tools.ANSWER;
                }));
    assertEquals(List.of(Tools.ANSWER), seen);
  }

  @Test
  void theDurationIsThatOfTheHandler() {
    call((client, request) -> Tools.answerAfter(30));

    assertTrue(recording.event().durationMs() >= 30, recording.event().toString());
  }

  @Test
  void anAnswerThatIsAnErrorIsAFailure() {
    assertSame(Tools.ERROR, call((client, request) -> Tools.ERROR));

    assertEquals(Outcome.FAILURE, recording.event().outcome());
  }

  @Test
  void anExceptionIsAFailureAndComesOutAsItIs() {
    RuntimeException thrown = new IllegalStateException();

    assertSame(thrown, thrownBy(thrown));

    assertEquals(Outcome.FAILURE, recording.event().outcome());
  }

  @Test
  void whatWasCancelledIsSkipped() {
    thrownBy(new CancellationException());

    assertEquals(Outcome.SKIPPED, recording.event().outcome());
  }

  @Test
  void theToolMayMarkItsUse() {
    call(
        (client, request) -> {
          assertTrue(CurrentSkill.partial());
          return Tools.ANSWER;
        });

    assertEquals(Outcome.PARTIAL, recording.event().outcome());
  }

  @Test
  void whatTheToolUsesHasTheSameAgentAndSession() {
    call(
        (client, request) -> {
          Telemetry.collector().run("inner", () -> {});
          return Tools.ANSWER;
        });

    List<TelemetryEvent> events = recording.events();
    assertEquals(
        List.of("inner", "search"), events.stream().map(e -> e.skillName()).sorted().toList());
    assertEquals(1, events.stream().map(e -> e.agentId() + " " + e.sessionId()).distinct().count());
    assertEquals(new SkillContext(null, null), SkillContext.current());
  }

  @Test
  void aToolThatIsTrackedTwiceIsCountedOnce() {
    SyncToolSpecification once =
        TrackedTools.track(Tools.sync("search", (client, request) -> Tools.ANSWER));

    assertSame(once, TrackedTools.track(once));
    assertSame(once, TrackedTools.attribute(once));
  }

  @Test
  void anAttributedToolIsNotCountedButTellsTheClient() {
    SyncToolSpecification tool =
        TrackedTools.attribute(
            Tools.sync(
                "search",
                (client, request) -> {
                  Telemetry.collector().run("woven", () -> {});
                  return Tools.ANSWER;
                }));

    assertSame(Tools.ANSWER, tool.callHandler().apply(CLIENT, Tools.REQUEST));

    assertEquals("woven", recording.event().skillName());
    assertEquals("codex", recording.event().agentId());
    assertEquals(SessionIds.standingFor("s-1"), recording.event().sessionId());
  }

  @Test
  void aClientThatCannotBeAskedIsAFaultThatNobodyNotices() {
    SyncToolSpecification tracked =
        TrackedTools.track(Tools.sync("search", (client, request) -> Tools.ANSWER));

    assertSame(Tools.ANSWER, tracked.callHandler().apply(null, Tools.REQUEST));

    assertEquals("unknown", recording.event().agentId());
    assertEquals(1, recording.collector.stats().faults());
  }

  @Test
  void aClientWithAPrivateNameIsRedactedAndOneWithoutANameIsTheProcesssAgent() {
    SyncToolSpecification tracked =
        TrackedTools.track(Tools.sync("search", (client, request) -> Tools.ANSWER));

    tracked.callHandler().apply(Tools.syncClient("sk-" + "a1b2c3d4".repeat(5), "s"), Tools.REQUEST);
    assertEquals("redacted", recording.event().agentId());

    tracked.callHandler().apply(Tools.syncClient("jane@example.com", "s"), Tools.REQUEST);
    assertEquals("unknown", recording.events().get(0).agentId());
  }

  @Test
  void nothingIsRecordedWhereTheUserOptedOut() {
    recording.close();
    Path other = directory.resolve("other");
    recording = new Recording(other, Map.of("DO_NOT_TRACK", "1"));

    assertSame(
        Tools.ANSWER,
        call(
            (client, request) -> {
              assertEquals(0, CurrentSkill.depth());
              assertEquals(new SkillContext(null, null), SkillContext.current());
              return Tools.ANSWER;
            }));

    assertFalse(Files.exists(other));
  }

  private static CallToolResult call(
      BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> handler) {
    return TrackedTools.track(Tools.sync("search", handler))
        .callHandler()
        .apply(CLIENT, Tools.REQUEST);
  }

  private static Throwable thrownBy(RuntimeException thrown) {
    return assertThrows(
        RuntimeException.class,
        () ->
            call(
                (client, request) -> {
                  throw thrown;
                }));
  }
}
