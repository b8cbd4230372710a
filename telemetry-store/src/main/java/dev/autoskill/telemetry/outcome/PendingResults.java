package dev.autoskill.telemetry.outcome;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** Finds out when results come that are yet to come when the skill returns. */
final class PendingResults {

  private PendingResults() {}

  /**
   * Lets a use end when its result comes.
   *
   * @param kind the result's, one of those that are observed on the side
   * @param thread looks at those that do not tell by themselves
   */
  static void observe(Object result, int kind, EndingUse use, OutcomeThread thread) {
    try {
      switch (kind) {
        case ResultKind.STAGE -> observeStage((CompletionStage<?>) result, use, thread);
        case ResultKind.FUTURE -> {
          if (!thread.watch(new WatchedFuture((Future<?>) result, use))) {
            use.drop();
          }
        }
        default -> KotlinResults.whenComplete(result, use);
      }
    } catch (Throwable fault) {
      use.endUnobserved(fault);
    }
  }

  /** A stage that is returned over and over while it is pending gathers no more than is watched. */
  private static void observeStage(CompletionStage<?> stage, EndingUse use, OutcomeThread thread) {
    if (stage instanceof CompletableFuture<?> future && WatchedStage.isPending(future)) {
      Watched watched = new WatchedStage(future, use);
      use.isWatchedBy(watched);
      if (!thread.watch(watched) && !thread.isClosed()) {
        use.drop();
        return;
      }
    }
    stage.whenComplete(use);
  }
}
