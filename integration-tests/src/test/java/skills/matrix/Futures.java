package skills.matrix;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Uses that return a stage or a future. */
final class Futures {

  private Futures() {}

  /** Is done when the skill returns. */
  static Use done(Object value, Throwable thrown) {
    CompletableFuture<Object> future = new CompletableFuture<>();
    complete(future, value, thrown);
    return Use.returning(future);
  }

  /** Is done some time after the skill returned. */
  static Use later(Object value, Throwable thrown) {
    CompletableFuture<Object> future = new CompletableFuture<>();
    return Use.completing(future, () -> complete(future, value, thrown));
  }

  static Use laterThroughStages(Object value, Throwable thrown) {
    CompletableFuture<Object> future = new CompletableFuture<>();
    CompletionStage<Object> last = future.minimalCompletionStage().thenApply(got -> got);
    return Use.completing(last, () -> complete(future, value, thrown));
  }

  static Use cancelledLater() {
    CompletableFuture<Object> future = new CompletableFuture<>();
    return Use.completing(future, () -> future.cancel(true));
  }

  static Use timingOut() {
    CompletableFuture<Object> future = new CompletableFuture<>();
    return Use.completing(
        future,
        () -> future.orTimeout(1, TimeUnit.MILLISECONDS).handle((value, thrown) -> value).join());
  }

  /** A future that tells nobody when it is done. */
  static Use plainDone(Callable<Object> task) {
    FutureTask<Object> future = new FutureTask<>(task);
    future.run();
    return Use.returning(future);
  }

  static Use plainCancelled() {
    FutureTask<Object> future = new FutureTask<>(() -> null);
    future.cancel(true);
    return Use.returning(future);
  }

  /** A future that cannot even be asked. */
  static Use plainBroken() {
    return Use.returning(
        new FutureTask<Object>(() -> null) {
          @Override
          public boolean isDone() {
            throw new StackOverflowError();
          }
        });
  }

  private static boolean complete(
      CompletableFuture<Object> future, Object value, Throwable thrown) {
    return thrown == null ? future.complete(value) : future.completeExceptionally(thrown);
  }
}
