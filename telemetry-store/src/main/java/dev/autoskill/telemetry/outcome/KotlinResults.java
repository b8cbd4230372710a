package dev.autoskill.telemetry.outcome;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Kotlin's {@code Deferred} and {@code Flow}. Kotlin is found through the result's class, so it may
 * be missing, and there may be several of it; what was found is kept with that class. Its function
 * types are implemented by proxies.
 */
final class KotlinResults {

  static final String DEFERRED = "kotlinx.coroutines.Deferred";
  static final String FLOW = "kotlinx.coroutines.flow.Flow";

  private static final String FUNCTION_1 = "kotlin.jvm.functions.Function1";
  private static final String FUNCTION_3 = "kotlin.jvm.functions.Function3";

  /** Where each part stands. */
  private static final int ON_COMPLETION = 0;

  private static final int FUNCTION = 1;
  private static final int UNIT = 2;
  private static final int GET_COMPLETED = 3;

  /** In arrays of the JDK's, so that nothing here keeps this library loaded. */
  private static final ClassValue<Object[]> DEFERRED_PARTS =
      new ClassValue<>() {
        @Override
        protected Object[] computeValue(Class<?> type) {
          try {
            Class<?> deferred = typeOf(type, DEFERRED);
            Class<?> function = kotlin(deferred, FUNCTION_1);
            return new Object[] {
              handle(deferred.getMethod("invokeOnCompletion", function)),
              function,
              unit(function),
              handle(deferred.getMethod("getCompleted"))
            };
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("an unknown Deferred", e);
          }
        }
      };

  private static final ClassValue<Object[]> FLOW_PARTS =
      new ClassValue<>() {
        @Override
        protected Object[] computeValue(Class<?> type) {
          try {
            Class<?> flow = typeOf(type, FLOW);
            Class<?> function = kotlin(flow, FUNCTION_3);
            Class<?> operators = kotlin(flow, "kotlinx.coroutines.flow.FlowKt");
            return new Object[] {
              handle(operators.getMethod("onCompletion", flow, function)), function, unit(function)
            };
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("an unknown Flow", e);
          }
        }
      };

  private KotlinResults() {}

  /** Ends a use when a {@code Deferred} completes. */
  static void whenComplete(Object deferred, EndingUse use) throws Throwable {
    Object[] parts = DEFERRED_PARTS.get(deferred.getClass());
    MethodHandle getCompleted = (MethodHandle) parts[GET_COMPLETED];
    Object onEnd =
        function(
            parts,
            use,
            cause -> use.accept(cause == null ? getCompleted.invoke(deferred) : null, cause));
    ((MethodHandle) parts[ON_COMPLETION]).invoke(deferred, onEnd);
  }

  /** The same {@code Flow}, with an eye on how its first collection ends. */
  static Object observed(Object flow, EndingUse use) throws Throwable {
    Object[] parts = FLOW_PARTS.get(flow.getClass());
    Object onEnd = function(parts, use, cause -> use.accept(null, cause));
    return ((MethodHandle) parts[ON_COMPLETION]).invoke(flow, onEnd);
  }

  private static Class<?> typeOf(Class<?> result, String name) throws ClassNotFoundException {
    Class<?> type = SuperTypes.find(result, name);
    if (type == null) {
      throw new ClassNotFoundException(name);
    }
    return type;
  }

  private static Class<?> kotlin(Class<?> neighbour, String name) throws ClassNotFoundException {
    return Class.forName(name, true, neighbour.getClassLoader());
  }

  private static Object unit(Class<?> neighbour) throws ReflectiveOperationException {
    return kotlin(neighbour, "kotlin.Unit").getField("INSTANCE").get(null);
  }

  private static MethodHandle handle(Method method) throws IllegalAccessException {
    return MethodHandles.publicLookup().unreflect(method);
  }

  /** A function that is called with a cause somewhere among its arguments, or with none. */
  private static Object function(Object[] parts, EndingUse use, OnCompletion action) {
    Class<?> function = (Class<?>) parts[FUNCTION];
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
          }
          try {
            action.completed(causeAmong(arguments));
          } catch (Throwable fault) {
            use.endUnobserved(fault);
          }
          return parts[UNIT];
        };
    return Proxy.newProxyInstance(function.getClassLoader(), new Class<?>[] {function}, handler);
  }

  private static Object ofObject(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "skill telemetry";
    };
  }

  private static @Nullable Throwable causeAmong(Object[] arguments) {
    for (Object argument : arguments) {
      if (argument instanceof Throwable cause) {
        return cause;
      }
    }
    return null;
  }

  private interface OnCompletion {

    void completed(@Nullable Throwable cause) throws Throwable;
  }
}
