package skills.chaos;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;

/** Uses each skill and notes all that its caller can see. */
final class Round implements Runnable {

  private final ChaosSkills skills = new ChaosSkills();
  private final StringBuilder seen = new StringBuilder();

  String seen() {
    return seen.toString();
  }

  @Override
  public void run() {
    Object object = new Object();
    see("returns", () -> skills.returns(object) == object);
    see("returns-nothing", this::nothing);
    see("returns-primitive", () -> skills.returnsPrimitive(1));
    see("throws", () -> skills.throwsIt(0));
    OutcomeSource source = () -> Outcome.SKIPPED;
    see("says-its-outcome", () -> skills.saysItsOutcome(source) == source);
    see("mapped", () -> skills.mapped("text"));
    see("not-mapped", () -> skills.notMapped("text"));
    see("mapped-by-type", () -> skills.mappedByType(seen) == seen);
    CompletableFuture<Object> stage = new CompletableFuture<>();
    see("stage", () -> skills.stage(stage) == stage);
    see("stage completed", () -> stage.complete(object) && stage.join() == object);
    FutureTask<Object> future = new FutureTask<>(() -> object);
    future.run();
    see("future", () -> skills.future(future) == future && future.get() == object);
    see("later", this::completedElsewhere);
    see("publisher", this::publisher);
    see("nested", () -> skills.nested(2));
  }

  private String nothing() {
    skills.returnsNothing();
    return "nothing";
  }

  private String completedElsewhere() throws InterruptedException {
    CompletableFuture<Object> stage = new CompletableFuture<>();
    boolean isSame = skills.stage(stage) == stage;
    Thread completer = new Thread(() -> stage.complete(seen), Sabotage.COMPLETER);
    completer.start();
    completer.join();
    return isSame + ", " + (stage.join() == seen);
  }

  private String publisher() {
    StringBuilder signals = new StringBuilder();
    skills.publisher(Round::publishOne).subscribe(new Noting(signals));
    return signals.toString();
  }

  private static void publishOne(Flow.Subscriber<? super Object> subscriber) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long count) {
            subscriber.onNext("item");
            subscriber.onComplete();
          }

          @Override
          public void cancel() {}
        });
  }

  private void see(String what, Callable<Object> use) {
    seen.append(what).append(": ");
    try {
      seen.append(use.call());
    } catch (Throwable thrown) {
      // Weaving adds frames, so the trace as a whole differs.
      StackTraceElement origin = thrown.getStackTrace()[0];
      seen.append(thrown).append(" at ");
      seen.append(origin.getFileName()).append(':').append(origin.getLineNumber());
    }
    seen.append('\n');
  }

  private record Noting(StringBuilder signals) implements Flow.Subscriber<Object> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      signals.append("subscribed ");
      subscription.request(1);
    }

    @Override
    public void onNext(Object item) {
      signals.append(item).append(' ');
    }

    @Override
    public void onError(Throwable thrown) {
      signals.append(thrown);
    }

    @Override
    public void onComplete() {
      signals.append("complete");
    }
  }
}
