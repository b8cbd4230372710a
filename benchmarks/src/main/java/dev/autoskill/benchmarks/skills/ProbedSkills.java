package dev.autoskill.benchmarks.skills;

import java.util.concurrent.CompletableFuture;

/** Watched by Kieker, as its {@code aop.xml} says. */
public class ProbedSkills implements Skills {

  /** Made by the benchmark. */
  public ProbedSkills() {}

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
