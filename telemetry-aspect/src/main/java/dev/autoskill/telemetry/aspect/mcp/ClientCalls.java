package dev.autoskill.telemetry.aspect.mcp;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.session.McpClients;
import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts calls of tools into the context of the client that calls.
 *
 * <p>Internal: public because woven code calls it, and not promised to stay.
 */
public final class ClientCalls {

  private static final Set<String> EXCHANGES =
      Set.of(
          "io.modelcontextprotocol.server.McpSyncServerExchange",
          "io.modelcontextprotocol.server.McpAsyncServerExchange");

  /**
   * The methods of an exchange that tell who calls. By reflection, since the loader of this library
   * may not see the SDK.
   */
  private record Reader(Method client, Method name, Method session) {

    static Reader of(Class<?> exchange) {
      try {
        Method client = exchange.getMethod("getClientInfo");
        Method name = client.getReturnType().getMethod("name");
        return new Reader(client, name, exchange.getMethod("sessionId"));
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException(e);
      }
    }

    SkillContext read(Object exchange) throws ReflectiveOperationException {
      Object info = client.invoke(exchange);
      return McpClients.context(
          info == null ? null : (String) name.invoke(info), (String) session.invoke(exchange));
    }
  }

  /** Null for other classes than the SDK's exchanges. A class keeps its own. */
  private static final ClassValue<@Nullable Reader> READERS =
      new ClassValue<>() {
        @Override
        protected @Nullable Reader computeValue(Class<?> type) {
          for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (EXCHANGES.contains(each.getName())) {
              return Reader.of(each);
            }
          }
          return null;
        }
      };

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
      if (exchange != null && Telemetry.recording() != null) {
        Reader reader = READERS.get(exchange.getClass());
        client = reader == null ? client : reader.read(exchange);
      }
    } catch (Throwable fault) {
      Telemetry.countFault(fault);
    }
    return client.open();
  }
}
