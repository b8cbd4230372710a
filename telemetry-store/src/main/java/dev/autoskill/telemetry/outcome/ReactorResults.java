package dev.autoskill.telemetry.outcome;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reactor's {@code Mono} and {@code Flux}, which are observed by operators of their own. Reactor is
 * found through the result's class, so it may be missing, and there may be several of it.
 */
final class ReactorResults {

  private static final String MONO = "reactor.core.publisher.Mono";
  private static final String FLUX = "reactor.core.publisher.Flux";

  /** Of objects of the JDK's and Reactor's own, so that nothing here keeps either loaded. */
  private static final ClassValue<MethodHandle[]> OPERATORS =
      new ClassValue<>() {
        @Override
        protected MethodHandle[] computeValue(Class<?> type) {
          return new MethodHandle[] {
            type.getName().equals(MONO)
                ? operator(type, "doOnSuccess", Consumer.class)
                : operator(type, "doOnComplete", Runnable.class),
            operator(type, "doOnError", Consumer.class),
            operator(type, "doOnCancel", Runnable.class),
            operator(type, "defer", Supplier.class)
          };
        }
      };

  private ReactorResults() {}

  /** {@code Mono} or {@code Flux}, whichever a class is; null if neither. */
  static @Nullable Class<?> typeOf(Class<?> type) {
    Class<?> mono = SuperTypes.find(type, MONO);
    return mono != null ? mono : SuperTypes.find(type, FLUX);
  }

  /** The same publisher, with an eye on how the first subscription ends. */
  static @Nullable Object observed(Object result, EndingUse use) throws Throwable {
    Class<?> type = typeOf(result.getClass());
    if (type == null) {
      return null;
    }
    MethodHandle[] operators = OPERATORS.get(type);
    Object onEnd =
        type.getName().equals(MONO)
            ? (Consumer<Object>) value -> use.accept(value, null)
            : (Runnable) () -> use.accept(null, null);
    Consumer<Throwable> onError = thrown -> use.accept(null, thrown);
    Runnable onCancel = use::cancelled;
    Object onEndObserved = operators[0].invoke(result, onEnd);
    Object onErrorObserved = operators[1].invoke(onEndObserved, onError);
    Object observed = operators[2].invoke(onErrorObserved, onCancel);
    // Another subscription may end before the first does, and is none of this use's business.
    AtomicBoolean isSubscribed = new AtomicBoolean();
    Supplier<Object> subscribed = () -> isSubscribed.compareAndSet(false, true) ? observed : result;
    return operators[3].invoke(subscribed);
  }

  private static MethodHandle operator(Class<?> type, String name, Class<?> parameter) {
    try {
      Method method = type.getMethod(name, parameter);
      return MethodHandles.publicLookup().unreflect(method);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a Reactor without " + name, e);
    }
  }
}
