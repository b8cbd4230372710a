package dev.autoskill.benchmarks.skills;

import io.micrometer.core.annotation.Timed;
import java.util.concurrent.CompletableFuture;

/** Watched by Micrometer's {@code TimedAspect}. */
public class TimedSkills implements Skills {

  /** Made by the benchmark. */
  public TimedSkills() {}

  @Timed("answer")
  @Override
  public int answer(int question) {
    return 31 * question + 42;
  }

  @Timed("answer")
  @Override
  public CompletableFuture<Integer> completed() {
    return COMPLETED;
  }

  @Timed("answer")
  @Override
  public CompletableFuture<Integer> pending(CompletableFuture<Integer> answer) {
    return answer;
  }
}
