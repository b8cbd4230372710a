package dev.autoskill.telemetry.outcome;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The JDK's stages. A plain {@code Future} tells nobody how it ends, so it is not observed. */
final class StageObserver implements ResultObserver {

  /** Bounds the uses that a stage retains which is pending and returned again and again. */
  private static final int MOST_DEPENDENTS = 1000;

  @Override
  public Set<String> types() {
    return Set.of("java.util.concurrent.CompletionStage");
  }

  @Override
  public Object observe(Object result, Class<?> type, Use use) {
    if (result.getClass() == CompletableFuture.class
        && ((CompletableFuture<?>) result).getNumberOfDependents() >= MOST_DEPENDENTS) {
      use.drop();
    } else {
      ((CompletionStage<?>) result).whenComplete(use);
    }
    return result;
  }
}
