package dev.autoskill.telemetry.outcome;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/** A publisher whose first subscription ends a use. Passes everything on as it comes. */
final class ObservedPublisher<T> implements Flow.Publisher<T> {

  private final Flow.Publisher<T> source;
  private final PendingUse use;
  private final AtomicBoolean isSubscribed = new AtomicBoolean();

  ObservedPublisher(Flow.Publisher<T> source, PendingUse use) {
    this.source = source;
    this.use = use;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super T> subscriber) {
    boolean isObserved = subscriber != null && isSubscribed.compareAndSet(false, true);
    source.subscribe(isObserved ? new ObservedSubscriber<>(subscriber, use) : subscriber);
  }

  private record ObservedSubscriber<T>(Flow.Subscriber<? super T> subscriber, PendingUse use)
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

  private record ObservedSubscription(Flow.Subscription subscription, PendingUse use)
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
