package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeSource;
import dev.autoskill.telemetry.writer.Faults;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a result: the name of the type that makes it more than a plain object. Each class of
 * results keeps its kind. A name, unlike an object of this library, keeps no class loader alive,
 * and the libraries may be missing.
 */
final class ResultKind extends ClassValue<String> {

  static final String STAGE = "java.util.concurrent.CompletionStage";
  static final String PUBLISHER = "java.util.concurrent.Flow$Publisher";

  static final String MONO = "reactor.core.publisher.Mono";
  static final String FLUX = "reactor.core.publisher.Flux";
  static final String DEFERRED = "kotlinx.coroutines.Deferred";
  static final String FLOW = "kotlinx.coroutines.flow.Flow";
  private static final String FAILURE = "kotlin.Result$Failure";
  private static final String MCP = "io.modelcontextprotocol.spec.McpSchema$CallToolResult";
  private static final String OUTCOME = Outcome.class.getName();
  private static final String SOURCE = OutcomeSource.class.getName();

  private static final Set<String> KINDS =
      Set.of(STAGE, PUBLISHER, MONO, FLUX, DEFERRED, FLOW, FAILURE, MCP, OUTCOME, SOURCE);

  private static final ResultKind OF_CLASS = new ResultKind();

  private static final ClassValue<Map<String, MethodHandle>> METHODS =
      new ClassValue<>() {
        @Override
        protected Map<String, MethodHandle> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private ResultKind() {}

  /** Empty if the result is a plain object. */
  static String of(Object result) {
    return OF_CLASS.get(result.getClass());
  }

  @Override
  protected String computeValue(Class<?> type) {
    Class<?> found = superType(type, KINDS);
    return found == null ? "" : found.getName();
  }

  /** The {@link Outcome} that a result tells, or the exception that it carries; else null. */
  static @Nullable Object toldBy(Object result, Faults faults) {
    try {
      if (result instanceof OutcomeSource source) {
        return source.outcome();
      }
      Class<?> type = result.getClass();
      return switch (of(result)) {
        case MCP ->
            Boolean.TRUE.equals(method(type, "isError", 0).invoke(result)) ? Outcome.FAILURE : null;
        case FAILURE -> type.getField("exception").get(result);
        default -> result instanceof Outcome ? result : null;
      };
    } catch (Throwable fault) {
      faults.swallowed(fault);
      return null;
    }
  }

  /** What a class is, extends or implements that has one of the names; null if nothing has. */
  static @Nullable Class<?> superType(Class<?> type, Set<String> names) {
    for (Class<?> current = type; current != null; current = current.getSuperclass()) {
      if (names.contains(current.getName())) {
        return current;
      }
      for (Class<?> implemented : current.getInterfaces()) {
        Class<?> found = superType(implemented, names);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** A public method of a library's type, which keeps what was found. */
  static MethodHandle method(Class<?> type, String name, int parameters)
      throws ReflectiveOperationException {
    Map<String, MethodHandle> known = METHODS.get(type);
    if (!known.containsKey(name)) {
      for (Method each : type.getMethods()) {
        if (each.getName().equals(name) && each.getParameterCount() == parameters) {
          known.put(name, MethodHandles.publicLookup().unreflect(each));
        }
      }
    }
    return known.get(name);
  }
}
