package skills.matrix;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeMapper;

/** The mapper that the skills name. */
public final class JudgedOutcomes implements OutcomeMapper<Judged> {

  @Override
  public Class<Judged> type() {
    return Judged.class;
  }

  @Override
  public Outcome outcomeOf(Judged ending) {
    try {
      return ending.judgement();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
