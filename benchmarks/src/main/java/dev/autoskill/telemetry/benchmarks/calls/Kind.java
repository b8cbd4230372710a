package dev.autoskill.telemetry.benchmarks.calls;

import dev.autoskill.benchmarks.skills.Skills;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.infra.Blackhole;

/** The kind of call that is made. */
public enum Kind {
  /** One that returns its answer. */
  PLAIN {
    @Override
    void call(Skills skills, int question, Blackhole blackhole) {
      blackhole.consume(skills.answer(question));
    }
  },
  /** One that returns a future which is completed. */
  COMPLETED {
    @Override
    void call(Skills skills, int question, Blackhole blackhole) {
      blackhole.consume(skills.completed());
    }
  },
  /** One that returns a future which is completed afterwards; that counts as part of the call. */
  PENDING {
    @Override
    void call(Skills skills, int question, Blackhole blackhole) {
      // Completed is what the skill returned, not what its caller has: some return another.
      CompletableFuture<Integer> answer = new CompletableFuture<>();
      blackhole.consume(skills.pending(answer));
      answer.complete(question);
    }
  };

  /** Makes a call. */
  abstract void call(Skills skills, int question, Blackhole blackhole);
}
