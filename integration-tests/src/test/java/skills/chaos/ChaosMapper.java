package skills.chaos;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeMapper;

/** Says something about texts, unless it fails. */
public final class ChaosMapper implements OutcomeMapper<String> {

  @Override
  public Class<String> type() {
    return String.class;
  }

  @Override
  public Outcome outcomeOf(String ending) {
    Sabotage.strike("the named mapper");
    return Outcome.PARTIAL;
  }
}
