package skills.discarded;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** A skill of each kind whose end the library has to wait for, or to ask somebody about. */
public class DiscardedSkills {

  /** A result of a class that the program brings along. */
  public record Answer(String text) {}

  /** An exception likewise. */
  public static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @TrackedSkill("returns")
  Answer returns() {
    return new Answer("yes");
  }

  @TrackedSkill(name = "throws", skippedOn = Refusal.class)
  Answer refuses() {
    throw new Refusal();
  }

  @TrackedSkill("done")
  CompletableFuture<Answer> done() {
    return CompletableFuture.completedFuture(new Answer("done"));
  }

  @TrackedSkill("never-done")
  CompletableFuture<Answer> neverDone() {
    return new CompletableFuture<>();
  }

  @TrackedSkill("plain-done")
  Future<Answer> plainDone() {
    FutureTask<Answer> task = new FutureTask<>(() -> new Answer("done"));
    task.run();
    return task;
  }

  @TrackedSkill("plain-never-done")
  Future<Answer> plainNeverDone() {
    return new FutureTask<>(() -> new Answer("never"));
  }

  @TrackedSkill(name = "judged", outcomeMapper = Lengths.class)
  String judged(String text) {
    return text;
  }

  @TrackedSkill("publishes")
  Flow.Publisher<Answer> publishes() {
    return subscriber ->
        subscriber.onSubscribe(
            new Flow.Subscription() {
              @Override
              public void request(long n) {
                subscriber.onNext(new Answer("item"));
                subscriber.onComplete();
              }

              @Override
              public void cancel() {
                // There is nothing to stop.
              }
            });
  }
}
