package skills.chaos;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeMapper;

/** Says something about builders, unless it fails. */
public final class RegisteredMapper implements OutcomeMapper<StringBuilder> {

  @Override
  public Class<StringBuilder> type() {
    return StringBuilder.class;
  }

  @Override
  public Outcome outcomeOf(StringBuilder ending) {
    Sabotage.strike("the registered mapper");
    return Outcome.PARTIAL;
  }
}
