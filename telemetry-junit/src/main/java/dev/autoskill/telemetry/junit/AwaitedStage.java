package dev.autoskill.telemetry.junit;

import dev.autoskill.telemetry.outcome.ResultObserver;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A use that ends with a stage. */
final class AwaitedStage implements BiConsumer<@Nullable Object, @Nullable Throwable> {

  /** The time in which a stage that is done calls its dependents. */
  private static final long SECONDS = 10;

  private final CompletionStage<?> stage;
  private final ResultObserver.Use use;
  private final CountDownLatch isRecorded = new CountDownLatch(1);

  AwaitedStage(CompletionStage<?> stage, ResultObserver.Use use) {
    this.stage = stage;
    this.use = use;
  }

  @Override
  public void accept(@Nullable Object value, @Nullable Throwable thrown) {
    use.accept(value, thrown);
    isRecorded.countDown();
  }

  /** Waits for the use to end if the stage is done; answers whether the use has ended. */
  boolean awaitIfDone() {
    try {
      return isRecorded.await(isDone() ? SECONDS : 0, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isDone() {
    try {
      return stage.toCompletableFuture().isDone();
    } catch (UnsupportedOperationException e) {
      return false; // a stage that is no future does not say
    }
  }
}
