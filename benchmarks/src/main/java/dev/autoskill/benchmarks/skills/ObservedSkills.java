package dev.autoskill.benchmarks.skills;

import io.micrometer.observation.annotation.Observed;
import java.util.concurrent.CompletableFuture;

/** Watched by Micrometer's {@code ObservedAspect}. */
public class ObservedSkills implements Skills {

  /** Made by the benchmark. */
  public ObservedSkills() {}

  @Observed(name = "answer")
  @Override
  public int answer(int question) {
    return 31 * question + 42;
  }

  @Observed(name = "answer")
  @Override
  public CompletableFuture<Integer> completed() {
    return COMPLETED;
  }

  @Observed(name = "answer")
  @Override
  public CompletableFuture<Integer> pending(CompletableFuture<Integer> answer) {
    return answer;
  }
}
