package dev.autoskill.telemetry.kotlin;

import dev.autoskill.telemetry.outcome.ResultObserver;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Kotlin's {@code Deferred}, {@code Flow} and {@code Result}. Public only as a service. */
public final class KotlinObserver implements ResultObserver {

  private static final String DEFERRED = "kotlinx.coroutines.Deferred";
  private static final String FLOW = "kotlinx.coroutines.flow.Flow";
  private static final String RESULT = "kotlin.Result";
  private static final String FAILURE = "kotlin.Result$Failure";

  /** Makes an observer. */
  public KotlinObserver() {}

  @Override
  public Set<String> types() {
    return Set.of(DEFERRED, FLOW, RESULT, FAILURE);
  }

  /** A failed {@code Result} is an object that has the exception, boxed where any type may be. */
  @Override
  public @Nullable Object told(Object result, Class<?> type) throws Throwable {
    Object value =
        type.getName().equals(RESULT) ? type.getMethod("unbox-impl").invoke(result) : result;
    boolean isFailure = value != null && value.getClass().getName().equals(FAILURE);
    return isFailure ? value.getClass().getField("exception").get(value) : null;
  }

  @Override
  public @Nullable Object observe(Object result, Class<?> type, Use use) throws Throwable {
    ClassLoader loader = type.getClassLoader();
    switch (type.getName()) {
      case DEFERRED -> {
        Method getCompleted = type.getMethod("getCompleted");
        Class<?> function = Class.forName("kotlin.jvm.functions.Function1", false, loader);
        type.getMethod("invokeOnCompletion", function)
            .invoke(result, function(function, 0, use, () -> getCompleted.invoke(result)));
        return result;
      }
      case FLOW -> {
        // The function is called with the collector, the cause and the continuation.
        Class<?> function = Class.forName("kotlin.jvm.functions.Function3", false, loader);
        return Class.forName("kotlinx.coroutines.flow.FlowKt", true, loader)
            .getMethod("onCompletion", type, function)
            .invoke(null, result, function(function, 1, use, () -> null));
      }
      default -> {
        return null;
      }
    }
  }

  /**
   * A function of Kotlin's that ends a use.
   *
   * @param cause which of its arguments is the exception, null if there is none
   * @param value yields the value that has come
   */
  private static Object function(
      Class<?> type, int cause, Use use, Callable<? extends @Nullable Object> value)
      throws ReflectiveOperationException {
    ClassLoader loader = type.getClassLoader();
    Object unit = Class.forName("kotlin.Unit", true, loader).getField("INSTANCE").get(null);
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getDeclaringClass() == Object.class) {
            return arguments == null ? method.invoke(use) : proxy == arguments[0];
          }
          try {
            Throwable thrown = (Throwable) arguments[cause];
            use.accept(thrown == null ? value.call() : null, thrown);
          } catch (Throwable fault) {
            use.unobserved(fault);
          }
          return unit;
        };
    return Proxy.newProxyInstance(loader, new Class<?>[] {type}, handler);
  }
}
