package dev.autoskill.telemetry.outcome;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Reactor's {@code Mono} and {@code Flux}, observed by operators of their own. */
final class ReactorObserver implements ResultObserver {

  private static final String MONO = "reactor.core.publisher.Mono";

  @Override
  public Set<String> types() {
    return Set.of(MONO, "reactor.core.publisher.Flux");
  }

  /** The first subscription ends the use. */
  @Override
  public Object observe(Object result, Class<?> type, Use use) throws Throwable {
    Consumer<Object> onSuccess = value -> use.accept(value, null);
    Runnable onComplete = () -> use.accept(null, null);
    Consumer<Throwable> onError = thrown -> use.accept(null, thrown);
    Runnable onCancel = () -> use.accept(null, new CancellationException());
    Object ended =
        type.getName().equals(MONO)
            ? type.getMethod("doOnSuccess", Consumer.class).invoke(result, onSuccess)
            : type.getMethod("doOnComplete", Runnable.class).invoke(result, onComplete);
    Object failed = type.getMethod("doOnError", Consumer.class).invoke(ended, onError);
    Object observed = type.getMethod("doOnCancel", Runnable.class).invoke(failed, onCancel);
    // Another subscription may end before the first does.
    AtomicBoolean isSubscribed = new AtomicBoolean();
    Supplier<Object> subscribed = () -> isSubscribed.compareAndSet(false, true) ? observed : result;
    return type.getMethod("defer", Supplier.class).invoke(null, subscribed);
  }
}
