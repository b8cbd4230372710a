package skills.chaos;

import dev.autoskill.telemetry.annotations.CurrentSkill;
import dev.autoskill.telemetry.annotations.OutcomeSource;
import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;

/** Skills that need every part of the library. */
final class ChaosSkills {

  /** How many uses are recorded when each skill is used once. */
  static final int USES = 15;

  @TrackedSkill("returns")
  Object returns(Object given) {
    return given;
  }

  @TrackedSkill("returns-nothing")
  void returnsNothing() {
    CurrentSkill.partial();
  }

  @TrackedSkill("returns-primitive")
  int returnsPrimitive(int given) {
    return given + 1;
  }

  @TrackedSkill("throws")
  int throwsIt(int divisor) {
    return 1 / divisor;
  }

  @TrackedSkill(value = "says-its-outcome", agent = "agent")
  OutcomeSource saysItsOutcome(OutcomeSource given) {
    return given;
  }

  @TrackedSkill(value = "mapped", outcomeMapper = ChaosMapper.class)
  String mapped(String given) {
    return given;
  }

  @TrackedSkill(value = "not-mapped", outcomeMapper = UnmakeableMapper.class)
  String notMapped(String given) {
    return given;
  }

  @TrackedSkill("mapped-by-type")
  StringBuilder mappedByType(StringBuilder given) {
    return given;
  }

  @TrackedSkill("stage")
  CompletableFuture<Object> stage(CompletableFuture<Object> given) {
    return given;
  }

  @TrackedSkill("future")
  FutureTask<Object> future(FutureTask<Object> given) {
    return given;
  }

  @TrackedSkill("publisher")
  Flow.Publisher<Object> publisher(Flow.Publisher<Object> given) {
    return given;
  }

  @TrackedSkill("nested")
  int nested(int depth) {
    return depth == 0 ? 0 : 1 + nested(depth - 1);
  }
}
