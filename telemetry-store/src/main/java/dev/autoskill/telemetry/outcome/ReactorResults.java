package dev.autoskill.telemetry.outcome;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Reactor's {@code Mono} and {@code Flux}, observed by operators of their own. */
final class ReactorResults {

  private ReactorResults() {}

  /** The same publisher, with an eye on how the first subscription ends. */
  static Object observed(Object result, PendingUse use) throws Throwable {
    Class<?> type =
        ResultKind.superType(result.getClass(), Set.of(ResultKind.MONO, ResultKind.FLUX));
    Consumer<Object> onSuccess = value -> use.accept(value, null);
    Runnable onComplete = () -> use.accept(null, null);
    Consumer<Throwable> onError = thrown -> use.accept(null, thrown);
    Runnable onCancel = () -> use.accept(null, new CancellationException());
    Object ended =
        type.getName().equals(ResultKind.MONO)
            ? ResultKind.method(type, "doOnSuccess", 1).invoke(result, onSuccess)
            : ResultKind.method(type, "doOnComplete", 1).invoke(result, onComplete);
    Object failed = ResultKind.method(type, "doOnError", 1).invoke(ended, onError);
    Object observed = ResultKind.method(type, "doOnCancel", 1).invoke(failed, onCancel);
    // Another subscription may end before the first does.
    AtomicBoolean isSubscribed = new AtomicBoolean();
    Supplier<Object> subscribed = () -> isSubscribed.compareAndSet(false, true) ? observed : result;
    return ResultKind.method(type, "defer", 1).invoke(subscribed);
  }
}
