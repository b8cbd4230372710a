package skills;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeMapper;
import dev.autoskill.telemetry.annotations.TrackedSkill;

/** Stops while its skill runs, which has a mapper: nobody has asked that one anything yet. */
public final class MappedSkill {

  public static void main(String[] args) {
    halt();
  }

  @TrackedSkill(value = "halt", outcomeMapper = Mapper.class)
  static void halt() {
    Runtime.getRuntime().halt(0);
  }

  static final class Mapper implements OutcomeMapper<Object> {

    @Override
    public Class<Object> type() {
      return Object.class;
    }

    @Override
    public Outcome outcomeOf(Object ending) {
      return Outcome.SUCCESS;
    }
  }
}
