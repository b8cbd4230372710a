package dev.autoskill.benchmarks.skills;

import java.util.concurrent.CompletableFuture;

/**
 * All contenders watch these methods, which do next to nothing, so that watching them is all there
 * is to measure.
 */
public interface Skills {

  /** The result of {@link #completed}. */
  CompletableFuture<Integer> COMPLETED = CompletableFuture.completedFuture(42);

  /**
   * Answers at once.
   *
   * @param question a number
   * @return another one
   */
  int answer(int question);

  /**
   * Answers at once, by a future.
   *
   * @return always the same, completed
   */
  CompletableFuture<Integer> completed();

  /**
   * Answers later.
   *
   * @param answer the future of what somebody else will answer
   * @return the same
   */
  CompletableFuture<Integer> pending(CompletableFuture<Integer> answer);
}
