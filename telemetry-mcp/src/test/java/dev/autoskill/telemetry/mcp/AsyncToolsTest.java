package dev.autoskill.telemetry.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.session.SessionIds;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class AsyncToolsTest extends RecordingTest {

  private static final McpAsyncServerExchange CLIENT = Tools.client("cursor-vscode", "s-1");

  @Test
  void aCallIsAUseThatEndsWithItsAnswer() {
    assertSame(Tools.ANSWER, call(Mono.fromSupplier(() -> Tools.answerAfter(30))).block());

    assertEquals("search", recording.event().skillName());
    assertEquals("cursor", recording.event().agentId());
    assertEquals(SessionIds.standingFor("s-1"), recording.event().sessionId());
    assertEquals(Outcome.SUCCESS, recording.event().outcome());
    assertTrue(recording.event().durationMs() >= 30, recording.event().toString());
  }

  @Test
  void aCallWithoutAnAnswerYetIsNoUseYet() {
    Sinks.One<CallToolResult> answer = Sinks.one();
    AtomicReference<CallToolResult> received = new AtomicReference<>();
    call(answer.asMono()).subscribe(received::set);
    assertEquals(List.of(), recording.events());
    assertNull(received.get());

    answer.tryEmitValue(Tools.ERROR);

    assertSame(Tools.ERROR, received.get());
    assertEquals(Outcome.FAILURE, recording.event().outcome());
  }

  @Test
  void anErrorIsAFailureAndComesOutAsItIs() {
    RuntimeException thrown = new IllegalStateException();
    AtomicReference<Throwable> received = new AtomicReference<>();

    call(Mono.error(thrown)).subscribe(value -> {}, received::set);

    assertSame(thrown, received.get());
    assertEquals(Outcome.FAILURE, recording.event().outcome());
  }

  @Test
  void soIsAnExceptionOfTheHandler() {
    RuntimeException thrown = new IllegalStateException();
    AsyncToolSpecification tracked =
        TrackedTools.track(
            Tools.async(
                "search",
                (client, request) -> {
                  throw thrown;
                }));

    assertSame(
        thrown,
        assertThrows(
            IllegalStateException.class, () -> tracked.callHandler().apply(CLIENT, Tools.REQUEST)));

    assertEquals(Outcome.FAILURE, recording.event().outcome());
    assertEquals(new SkillContext(null, null), SkillContext.current());
  }

  @Test
  void aSubscriptionThatIsCancelledIsSkipped() {
    call(Mono.never()).subscribe().dispose();

    assertEquals(Outcome.SKIPPED, recording.event().outcome());
  }

  @Test
  void aSecondSubscriptionIsNoSecondUse() {
    Mono<CallToolResult> answer = call(Mono.just(Tools.ANSWER));

    assertSame(Tools.ANSWER, answer.block());
    assertSame(Tools.ANSWER, answer.block());

    assertEquals("search", recording.event().skillName());
  }

  @Test
  void whatTheToolUsesWhenItIsSubscribedToHasTheSameAgentAndSession() {
    AsyncToolSpecification tool =
        Tools.async(
            "search",
            (client, request) ->
                Mono.fromSupplier(
                    () -> {
                      Telemetry.collector().run("inner", () -> {});
                      return Tools.ANSWER;
                    }));

    for (AsyncToolSpecification each :
        List.of(TrackedTools.track(tool), TrackedTools.attribute(tool))) {
      assertSame(Tools.ANSWER, each.callHandler().apply(CLIENT, Tools.REQUEST).block());
    }

    assertEquals(
        List.of("inner", "inner", "search"),
        recording.events().stream().map(event -> event.skillName()).sorted().toList());
    assertEquals(
        List.of("cursor " + SessionIds.standingFor("s-1")),
        recording.events().stream()
            .map(event -> event.agentId() + " " + event.sessionId())
            .distinct()
            .toList());
    assertEquals(new SkillContext(null, null), SkillContext.current());
  }

  @Test
  void aToolThatIsTrackedTwiceIsCountedOnce() {
    AsyncToolSpecification once =
        TrackedTools.track(Tools.async("search", (client, request) -> Mono.empty()));

    assertSame(once, TrackedTools.track(once));
    assertSame(once, TrackedTools.attribute(once));
  }

  private static Mono<CallToolResult> call(Mono<CallToolResult> answer) {
    return TrackedTools.track(Tools.async("search", (client, request) -> answer))
        .callHandler()
        .apply(CLIENT, Tools.REQUEST);
  }
}
