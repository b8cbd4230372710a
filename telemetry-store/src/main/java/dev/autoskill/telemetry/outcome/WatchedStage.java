package dev.autoskill.telemetry.outcome;

import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;

/**
 * A pending stage. It does tell when it has completed, but its dependents run last in, first out:
 * those that the caller adds come before, and may take their time.
 *
 * <p>It holds the use, as one of its dependents. Here both are held weakly.
 */
final class WatchedStage extends Watched {

  /** What says that it cannot be asked whether it is done. */
  private static final Class<?> MINIMAL = CompletableFuture.completedStage(null).getClass();

  private final WeakReference<CompletableFuture<?>> stage;
  private final WeakReference<EndingUse> use;
  private final UseEndings endings;

  WatchedStage(CompletableFuture<?> stage, EndingUse use) {
    super(use.startNanos());
    this.stage = new WeakReference<>(stage);
    this.use = new WeakReference<>(use);
    this.endings = use.endings();
  }

  /** Whether it makes sense to watch a stage. Runs no code of others. */
  static boolean isPending(CompletableFuture<?> stage) {
    return stage.getClass() != MINIMAL && !(WatchedFuture.isOfTheJdk(stage) && stage.isDone());
  }

  @Override
  boolean isOver() {
    CompletableFuture<?> asked = stage.get();
    EndingUse waiting = use.get();
    if (asked == null || waiting == null || waiting.hasEnded()) {
      return true;
    }
    if (!asked.isDone()) {
      return false;
    }
    // A dependent of a stage that has completed runs at once.
    asked.whenComplete(waiting);
    return true;
  }

  /** The stage may still tell; or the use is gone, and the fault is to be counted all the same. */
  @Override
  void giveUp(Throwable fault) {
    endings.swallowed(fault);
  }

  @Override
  void abandon() {
    // The stage still tells, and if it is too late then, that is counted.
  }
}
