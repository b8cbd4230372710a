package skills;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.util.concurrent.Flow;

/** Prints what a skill publishes. */
public final class PublishingProgram {

  private PublishingProgram() {}

  public static void main(String[] args) {
    publishes().subscribe(new Printing());
  }

  @TrackedSkill("publishes")
  static Flow.Publisher<String> publishes() {
    return subscriber ->
        subscriber.onSubscribe(
            new Flow.Subscription() {
              @Override
              public void request(long count) {
                subscriber.onNext("item");
                subscriber.onComplete();
              }

              @Override
              public void cancel() {
                // There is nothing to stop.
              }
            });
  }

  private static final class Printing implements Flow.Subscriber<String> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(1);
    }

    @Override
    public void onNext(String item) {
      System.out.println(item);
    }

    @Override
    public void onError(Throwable thrown) {
      System.out.println(thrown);
    }

    @Override
    public void onComplete() {
      // One item is all there is.
    }
  }
}
