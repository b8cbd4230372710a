package dev.autoskill.telemetry.mcp;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the handler of a tool, and calls it in the context of the client.
 *
 * @param <X> what tells the client
 * @param <R> what the handler returns
 */
abstract class ToolHandler<X, R> implements BiFunction<X, CallToolRequest, R> {

  private final BiFunction<X, CallToolRequest, R> handler;
  private final Function<X, SkillContext> clients;

  /** The skill that the tool is; null if its calls are not recorded. */
  final @Nullable Skill skill;

  ToolHandler(
      BiFunction<X, CallToolRequest, R> handler,
      Function<X, SkillContext> clients,
      @Nullable Skill skill) {
    this.handler = Objects.requireNonNull(handler, "callHandler must not be null");
    this.clients = clients;
    this.skill = skill;
  }

  static boolean isTracked(Object handler) {
    return handler instanceof ToolHandler<?, ?> tool && tool.skill != null;
  }

  @Override
  public final R apply(X exchange, CallToolRequest request) {
    TelemetryCollector collector = null;
    SkillContext client = SkillContext.current();
    try {
      collector = Telemetry.recording();
      if (collector != null) {
        client = clients.apply(exchange);
      }
    } catch (Throwable fault) {
      Telemetry.countFault(fault);
    }
    return collector == null
        ? handler.apply(exchange, request)
        : call(collector, client, () -> handler.apply(exchange, request));
  }

  /** Calls the handler, in the context of the client. */
  abstract R call(TelemetryCollector collector, SkillContext client, Supplier<R> handler);
}
