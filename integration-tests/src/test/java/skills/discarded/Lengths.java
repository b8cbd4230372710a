package skills.discarded;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeMapper;

/** Judges texts by their lengths, and fails at the empty one. */
public final class Lengths implements OutcomeMapper<String> {

  @Override
  public Class<String> type() {
    return String.class;
  }

  @Override
  public Outcome outcomeOf(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty");
    }
    return text.length() > 3 ? Outcome.SUCCESS : Outcome.PARTIAL;
  }
}
