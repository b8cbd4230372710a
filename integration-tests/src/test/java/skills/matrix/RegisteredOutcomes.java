package skills.matrix;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeMapper;

/** The mapper that is registered as a service. */
public final class RegisteredOutcomes implements OutcomeMapper<Judged.Registered> {

  @Override
  public Class<Judged.Registered> type() {
    return Judged.Registered.class;
  }

  @Override
  public Outcome outcomeOf(Judged.Registered ending) {
    try {
      return ending.judge().call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
