package dev.autoskill.benchmarks.skills;

import java.util.concurrent.CompletableFuture;

/** Watched by nobody. */
public class BareSkills implements Skills {

  /** Made by the benchmark. */
  public BareSkills() {}

  @Override
  public int answer(int question) {
    return 31 * question + 42;
  }

  @Override
  public CompletableFuture<Integer> completed() {
    return COMPLETED;
  }

  @Override
  public CompletableFuture<Integer> pending(CompletableFuture<Integer> answer) {
    return answer;
  }
}
