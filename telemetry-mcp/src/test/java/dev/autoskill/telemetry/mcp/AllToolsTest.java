package dev.autoskill.telemetry.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.TelemetryEvent;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The tools of a whole server, of each kind that there is. */
class AllToolsTest extends RecordingTest {

  @Test
  void areTrackedInTheirOrder() {
    List<McpServerFeatures.SyncToolSpecification> tracked =
        TrackedTools.trackAll(
            List.of(
                Tools.sync("second", (client, request) -> Tools.ERROR),
                Tools.sync("first", (client, request) -> Tools.ANSWER)));

    tracked.forEach(tool -> tool.callHandler().apply(Tools.syncClient("Cline", "s"), null));

    assertEquals(
        List.of("first success cline", "second failure cline"),
        recording.events().stream().map(AllToolsTest::inShort).toList());
  }

  @Test
  void ofAnAsynchronousServerAreTracked() {
    TrackedTools.trackAll(
            List.of(Tools.async("search", (client, request) -> Mono.just(Tools.ANSWER))))
        .forEach(tool -> tool.callHandler().apply(Tools.client("Zed", "s"), null).block());

    assertEquals("search success Zed", inShort(recording.event()));
  }

  /** Such a server knows no client, but the program may know the agent. */
  @Test
  void ofAStatelessServerAreTrackedInTheContextOfTheThread() {
    List<McpStatelessServerFeatures.SyncToolSpecification> sync =
        TrackedTools.trackAll(
            List.of(
                new McpStatelessServerFeatures.SyncToolSpecification(
                    Tools.named("sync"), (request, call) -> Tools.ERROR)));
    List<McpStatelessServerFeatures.AsyncToolSpecification> async =
        TrackedTools.trackAll(
            List.of(
                new McpStatelessServerFeatures.AsyncToolSpecification(
                    Tools.named("async"), (request, call) -> Mono.just(Tools.ANSWER))));
    SkillContext.Scope scope = SkillContext.ofAgent("amp").open();
    try {
      sync.get(0).callHandler().apply(McpTransportContext.EMPTY, Tools.REQUEST);
    } finally {
      scope.close();
    }
    async.get(0).callHandler().apply(McpTransportContext.EMPTY, Tools.REQUEST).block();

    assertEquals(
        List.of("async success unknown", "sync failure amp"),
        recording.events().stream().map(AllToolsTest::inShort).toList());
    assertEquals(sync, TrackedTools.trackAll(sync));
    assertEquals(async, TrackedTools.trackAll(async));
  }

  @Test
  void mayBeAttributedInstead() {
    McpServerFeatures.SyncToolSpecification sync =
        Tools.sync("sync", (client, request) -> Tools.ANSWER);
    McpServerFeatures.AsyncToolSpecification async =
        Tools.async("async", (client, request) -> Mono.just(Tools.ANSWER));

    assertSame(
        Tools.ANSWER,
        TrackedTools.attributeAll(List.of(sync)).get(0).callHandler().apply(null, Tools.REQUEST));
    assertSame(
        Tools.ANSWER,
        TrackedTools.attributeAll(List.of(async))
            .get(0)
            .callHandler()
            .apply(null, Tools.REQUEST)
            .block());

    assertEquals(List.of(), recording.events());
  }

  @Test
  void otherRecordsAreRefused() {
    List<SkillContext> others = List.of(SkillContext.ofAgent("amp"));

    for (Runnable call :
        List.<Runnable>of(
            () -> TrackedTools.trackAll(others), () -> TrackedTools.attributeAll(others))) {
      IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, call::run);
      assertEquals(
          "tools must be specifications of tools, not " + SkillContext.class.getName(),
          thrown.getMessage());
    }
  }

  private static String inShort(TelemetryEvent event) {
    Outcome outcome = event.outcome();
    return event.skillName() + " " + outcome.text() + " " + event.agentId();
  }
}
