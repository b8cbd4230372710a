package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * The {@code CallToolResult} of the Model Context Protocol's Java SDK, in which a tool reports its
 * errors as a value: {@code isError}, which may be absent.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-06-18/server/tools">MCP: Tools,
 *     Error Handling</a>
 */
final class McpResults {

  private static final ClassValue<MethodHandle> IS_ERROR =
      new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
          try {
            return MethodHandles.publicLookup().unreflect(type.getMethod("isError"));
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a CallToolResult without isError", e);
          }
        }
      };

  private McpResults() {}

  /** Failure if the result says that it is an error; null if it does not. */
  static @Nullable Outcome outcomeOf(Object result) throws Throwable {
    Object isError = IS_ERROR.get(result.getClass()).invoke(result);
    return Boolean.TRUE.equals(isError) ? Outcome.FAILURE : null;
  }
}
