package skills.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;

/** Publishes two objects to each subscriber that asks for them, and then ends. */
final class Items implements Flow.Publisher<Object> {

  /** How a caller uses the publisher that it got. */
  enum Reader {
    NOBODY,
    ONCE,
    TWICE,
    CANCELLING;

    void read(Items source, Object returned) {
      @SuppressWarnings("unchecked")
      Flow.Publisher<Object> publisher = (Flow.Publisher<Object>) returned;
      if (this != NOBODY) {
        source.subscribeTo(publisher, this == CANCELLING);
      }
      if (this == TWICE) {
        source.subscribeTo(publisher, false);
      }
    }
  }

  private final Object first = new Object();
  private final Object second = new Object();
  private final Throwable thrown;

  /** With null it completes. */
  Items(Throwable thrown) {
    this.thrown = thrown;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Object> subscriber) {
    subscriber.onSubscribe(new Publishing(subscriber));
  }

  private void subscribeTo(Flow.Publisher<Object> publisher, boolean cancels) {
    Noted noted = new Noted(cancels);
    publisher.subscribe(noted);
    List<Object> expected = new ArrayList<>(List.of(first));
    if (!cancels) {
      expected.add(second);
      expected.add(thrown == null ? "complete" : thrown);
    }
    if (!noted.signals.equals(expected)) {
      throw new IllegalStateException("got " + noted.signals + ", not " + expected);
    }
  }

  private final class Publishing implements Flow.Subscription {

    private final Flow.Subscriber<? super Object> subscriber;
    private boolean isCancelled;

    Publishing(Flow.Subscriber<? super Object> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long count) {
      subscriber.onNext(first);
      if (isCancelled) {
        return;
      }
      subscriber.onNext(second);
      if (thrown == null) {
        subscriber.onComplete();
      } else {
        subscriber.onError(thrown);
      }
    }

    @Override
    public void cancel() {
      isCancelled = true;
    }
  }

  private static final class Noted implements Flow.Subscriber<Object> {

    private final boolean cancels;
    private final List<Object> signals = new ArrayList<>();
    private Flow.Subscription subscription;

    Noted(boolean cancels) {
      this.cancels = cancels;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscription.request(2);
    }

    @Override
    public void onNext(Object item) {
      signals.add(item);
      if (cancels) {
        subscription.cancel();
      }
    }

    @Override
    public void onError(Throwable thrown) {
      signals.add(thrown);
    }

    @Override
    public void onComplete() {
      signals.add("complete");
    }
  }
}
