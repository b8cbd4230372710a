package skills.chaos;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeMapper;

/** Fails when it is made. */
public final class UnmakeableMapper implements OutcomeMapper<Object> {

  public UnmakeableMapper() {
    throw new NoClassDefFoundError("sabotage");
  }

  @Override
  public Class<Object> type() {
    return Object.class;
  }

  @Override
  public Outcome outcomeOf(Object ending) {
    return Outcome.PARTIAL;
  }
}
