package dev.autoskill.benchmarks.skills;

import io.opentelemetry.instrumentation.annotations.WithSpan;
import java.util.concurrent.CompletableFuture;

/** Watched by OpenTelemetry's agent. */
public class SpanSkills implements Skills {

  /** Made by the benchmark. */
  public SpanSkills() {}

  @WithSpan("answer")
  @Override
  public int answer(int question) {
    return 31 * question + 42;
  }

  @WithSpan("answer")
  @Override
  public CompletableFuture<Integer> completed() {
    return COMPLETED;
  }

  @WithSpan("answer")
  @Override
  public CompletableFuture<Integer> pending(CompletableFuture<Integer> answer) {
    return answer;
  }
}
