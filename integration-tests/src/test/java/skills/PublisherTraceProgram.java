package skills;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.IOException;
import java.util.concurrent.Flow;

/**
 * Prints the stack traces of a skill that fails before it has a publisher to return, and of one
 * whose publisher signals what failed by then.
 */
public final class PublisherTraceProgram {

  private PublisherTraceProgram() {}

  public static void main(String[] args) {
    try {
      publish(args.length);
    } catch (IllegalStateException thrown) {
      thrown.printStackTrace(System.out);
    }
    System.out.println("SIGNALLED");
    publish(1).subscribe(new Printing());
  }

  @TrackedSkill("publish")
  private static Flow.Publisher<String> publish(int items) {
    IOException failure = new IOException("inner");
    if (items == 0) {
      throw new IllegalStateException("outer", failure);
    }
    return subscriber -> {
      subscriber.onSubscribe(new Nothing());
      subscriber.onError(failure);
    };
  }

  private static final class Nothing implements Flow.Subscription {

    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }

  private static final class Printing implements Flow.Subscriber<String> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String item) {
      System.out.println(item);
    }

    @Override
    public void onError(Throwable failure) {
      failure.printStackTrace(System.out);
    }

    @Override
    public void onComplete() {}
  }
}
