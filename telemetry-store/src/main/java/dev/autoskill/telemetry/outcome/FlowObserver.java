package dev.autoskill.telemetry.outcome;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/** The JDK's publishers. The first subscription ends the use; everything is passed on. */
final class FlowObserver implements ResultObserver {

  @Override
  public Set<String> types() {
    return Set.of("java.util.concurrent.Flow$Publisher");
  }

  @Override
  public Object observe(Object result, Class<?> type, Use use) {
    return observed((Flow.Publisher<?>) result, use);
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
