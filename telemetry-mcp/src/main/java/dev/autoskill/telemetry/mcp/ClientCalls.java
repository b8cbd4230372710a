package dev.autoskill.telemetry.mcp;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.event.SkillContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import org.jspecify.annotations.Nullable;

/**
 * Puts calls of woven methods into the context of the client that calls.
 *
 * <p>Internal: public because woven code calls it, and not promised to stay.
 */
public final class ClientCalls {

  private ClientCalls() {}

  /**
   * Opens the context of a client. It stays that of the thread if nothing is recorded, or anything
   * fails.
   *
   * @param exchange how the SDK tells a method the client; null: it does not
   * @return leaves the context again
   */
  public static SkillContext.Scope enter(@Nullable Object exchange) {
    SkillContext client = SkillContext.current();
    try {
      if (Telemetry.recording() != null) {
        if (exchange instanceof McpSyncServerExchange sync) {
          client = Clients.of(sync);
        } else if (exchange instanceof McpAsyncServerExchange async) {
          client = Clients.of(async);
        }
      }
    } catch (Throwable fault) {
      Telemetry.countFault(fault);
    }
    return client.open();
  }
}
