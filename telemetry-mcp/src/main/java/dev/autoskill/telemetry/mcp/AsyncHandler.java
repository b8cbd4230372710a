package dev.autoskill.telemetry.mcp;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.outcome.Mappers;
import dev.autoskill.telemetry.outcome.PendingUse;
import dev.autoskill.telemetry.outcome.SkillDefinition;
import dev.autoskill.telemetry.outcome.SkillDefinition.SkillJoinPoint;
import dev.autoskill.telemetry.outcome.UseEndings;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Stands in for a handler whose answer is yet to come. */
final class AsyncHandler<X> extends ToolHandler<X, Mono<CallToolResult>> {

  /** Null if the calls are not recorded. */
  private final @Nullable SkillDefinition definition;

  AsyncHandler(
      BiFunction<X, CallToolRequest, Mono<CallToolResult>> handler,
      Function<X, SkillContext> clients,
      @Nullable Skill skill) {
    super(handler, clients, skill);
    this.definition =
        skill == null
            ? null
            : new SkillDefinition(skill, null, Set.of(), Set.of(), Mappers.NONE, Mono.class);
  }

  @Override
  Mono<CallToolResult> call(
      TelemetryCollector collector, SkillContext client, Supplier<Mono<CallToolResult>> handler) {
    SkillContext.Scope scope = client.open();
    try {
      Mono<CallToolResult> answer =
          definition == null ? handler.get() : recorded(definition, collector.endings(), handler);
      return answer == null ? answer : subscribedIn(client, answer);
    } finally {
      scope.close();
    }
  }

  @SuppressWarnings("unchecked") // A Mono of the same values stands in for it.
  private static Mono<CallToolResult> recorded(
      SkillDefinition definition, UseEndings endings, Supplier<Mono<CallToolResult>> handler) {
    PendingUse use = endings.begin(new SkillJoinPoint(0, 0, definition), 0);
    if (use == null) {
      return handler.get();
    }
    try {
      Mono<CallToolResult> answer = handler.get();
      use.leave();
      return (Mono<CallToolResult>) use.ended(answer, null, Mono.class, System.nanoTime());
    } catch (Throwable thrown) {
      use.leave();
      use.ended(null, thrown, null, System.nanoTime());
      throw thrown;
    }
  }

  /** Most handlers do their work when their answer is subscribed to. */
  private static Mono<CallToolResult> subscribedIn(
      SkillContext client, Mono<CallToolResult> answer) {
    return Mono.fromDirect(
        subscriber -> {
          SkillContext.Scope scope = client.open();
          try {
            answer.subscribe(subscriber);
          } finally {
            scope.close();
          }
        });
  }
}
