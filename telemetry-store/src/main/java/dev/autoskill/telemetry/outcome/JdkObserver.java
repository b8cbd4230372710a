package dev.autoskill.telemetry.outcome;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The JDK's stages and publishers. The first subscription of a publisher ends the use; everything
 * is passed on. A plain {@code Future} tells nobody how it ends, so it is not observed.
 */
final class JdkObserver implements ResultObserver {

  /** Bounds the uses that a stage retains which is pending and returned again and again. */
  private static final int MOST_DEPENDENTS = 1000;

  @Override
  public Set<String> types() {
    return Set.of("java.util.concurrent.CompletionStage", "java.util.concurrent.Flow$Publisher");
  }

  @Override
  public Object observe(Object result, Class<?> type, Use use) {
    if (type == Flow.Publisher.class) {
      return observed((Flow.Publisher<?>) result, use);
    }
    if (result.getClass() == CompletableFuture.class
        && ((CompletableFuture<?>) result).getNumberOfDependents() >= MOST_DEPENDENTS) {
      use.drop();
    } else {
      ((CompletionStage<?>) result).whenComplete(use);
    }
    return result;
  }

  private static <T> Flow.Publisher<T> observed(Flow.Publisher<T> source, Use use) {
    AtomicBoolean isSubscribed = new AtomicBoolean();
    return subscriber -> {
      boolean isFirst = subscriber != null && isSubscribed.compareAndSet(false, true);
      source.subscribe(isFirst ? new ObservedSubscriber<>(subscriber, use) : subscriber);
    };
  }

  private record ObservedSubscriber<T>(Flow.Subscriber<? super T> subscriber, Use use)
      implements Flow.Subscriber<T> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscriber.onSubscribe(
          subscription == null ? null : new ObservedSubscription(subscription, use));
    }

    @Override
    public void onNext(T item) {
      subscriber.onNext(item);
    }

    @Override
    public void onError(Throwable thrown) {
      use.accept(null, thrown);
      subscriber.onError(thrown);
    }

    @Override
    public void onComplete() {
      use.accept(null, null);
      subscriber.onComplete();
    }
  }

  private record ObservedSubscription(Flow.Subscription subscription, Use use)
      implements Flow.Subscription {

    @Override
    public void request(long count) {
      subscription.request(count);
    }

    @Override
    public void cancel() {
      use.accept(null, new CancellationException());
      subscription.cancel();
    }
  }
}
