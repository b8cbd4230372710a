package dev.autoskill.telemetry.outcome;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Kotlin's {@code Deferred} and {@code Flow}, observed by functions, which are proxies. */
final class KotlinResults {

  private KotlinResults() {}

  /** The {@code Deferred} itself, or a {@code Flow} of the same items; both tell how they end. */
  static Object observed(Object result, PendingUse use) throws Throwable {
    Class<?> type =
        ResultKind.superType(result.getClass(), Set.of(ResultKind.DEFERRED, ResultKind.FLOW));
    ClassLoader loader = type.getClassLoader();
    boolean isDeferred = type.getName().equals(ResultKind.DEFERRED);
    MethodHandle observe =
        isDeferred
            ? ResultKind.method(type, "invokeOnCompletion", 1)
            : ResultKind.method(
                Class.forName("kotlinx.coroutines.flow.FlowKt", true, loader), "onCompletion", 2);
    MethodHandle getCompleted = isDeferred ? ResultKind.method(type, "getCompleted", 0) : null;
    Object unit = Class.forName("kotlin.Unit", true, loader).getField("INSTANCE").get(null);
    InvocationHandler onCompletion =
        (proxy, method, arguments) -> {
          if (method.getDeclaringClass() == Object.class) {
            return arguments == null ? method.invoke(use) : proxy == arguments[0];
          }
          try {
            // A flow's function is called with the collector, the cause and the continuation.
            Throwable cause = (Throwable) arguments[arguments.length / 2];
            use.accept(isDeferred && cause == null ? getCompleted.invoke(result) : null, cause);
          } catch (Throwable fault) {
            use.endUnobserved(fault);
          }
          return unit;
        };
    Class<?>[] function = {observe.type().parameterType(1)};
    Object observed =
        observe.invoke(result, Proxy.newProxyInstance(loader, function, onCompletion));
    return isDeferred ? result : observed;
  }
}
