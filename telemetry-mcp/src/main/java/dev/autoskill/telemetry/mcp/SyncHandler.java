package dev.autoskill.telemetry.mcp;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stands in for a handler that returns the answer. */
final class SyncHandler<X> extends ToolHandler<X, CallToolResult> {

  SyncHandler(
      BiFunction<X, CallToolRequest, CallToolResult> handler,
      Function<X, SkillContext> clients,
      @Nullable Skill skill) {
    super(handler, clients, skill);
  }

  @Override
  CallToolResult call(
      TelemetryCollector collector, SkillContext client, Supplier<CallToolResult> handler) {
    SkillContext.Scope scope = client.open();
    try {
      return skill == null ? handler.get() : collector.use(skill, handler::get);
    } catch (Exception thrown) {
      throw SyncHandler.<RuntimeException>same(thrown);
    } finally {
      scope.close();
    }
  }

  /** The handler's own exception: one that it declares not, if a language lets it. */
  @SuppressWarnings("unchecked")
  private static <E extends Exception> E same(Exception thrown) throws E {
    throw (E) thrown;
  }
}
