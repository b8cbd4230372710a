package dev.autoskill.benchmarks.skills;

import java.util.concurrent.CompletableFuture;

/** Does the least that timing a call takes: the clock is read before and after. */
public class ClockedSkills implements Skills {

  private final BareSkills skills = new BareSkills();

  /** Made by the benchmark. */
  public ClockedSkills() {}

  @Override
  public int answer(int question) {
    long start = System.nanoTime();
    int answer = skills.answer(question);
    // Something has to depend on the time, or it need not be read.
    return System.nanoTime() - start < 0 ? 0 : answer;
  }

  @Override
  public CompletableFuture<Integer> completed() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Integer> pending(CompletableFuture<Integer> answer) {
    throw new UnsupportedOperationException();
  }
}
