package dev.autoskill.benchmarks.skills;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.util.concurrent.CompletableFuture;

/** Watched by this library. */
public class TrackedSkills implements Skills {

  /** Made by the benchmark. */
  public TrackedSkills() {}

  @TrackedSkill("answer")
  @Override
  public int answer(int question) {
    return 31 * question + 42;
  }

  @TrackedSkill("answer")
  @Override
  public CompletableFuture<Integer> completed() {
    return COMPLETED;
  }

  @TrackedSkill("answer")
  @Override
  public CompletableFuture<Integer> pending(CompletableFuture<Integer> answer) {
    return answer;
  }
}
