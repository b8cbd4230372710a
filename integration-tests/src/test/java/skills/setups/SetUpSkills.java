package skills.setups;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.util.concurrent.CompletableFuture;

/** Skills of the kinds that a way to start a program could treat differently. */
public final class SetUpSkills implements Reviewing {

  static final Object RESULT = new Object();
  static final CompletableFuture<String> FUTURE = CompletableFuture.completedFuture("done");

  @TrackedSkill("returns")
  Object returns() {
    return RESULT;
  }

  @TrackedSkill("throws")
  static int throwsFromBelow(int[] numbers) {
    return numbers[numbers.length];
  }

  @TrackedSkill("future")
  CompletableFuture<String> future() {
    return FUTURE;
  }
}
