package skills.chaos;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeMapper;

/** Fails when it is asked what it is for. */
public final class TypelessMapper implements OutcomeMapper<Object> {

  @Override
  public Class<Object> type() {
    throw new StackOverflowError("sabotage");
  }

  @Override
  public Outcome outcomeOf(Object ending) {
    return Outcome.PARTIAL;
  }
}
