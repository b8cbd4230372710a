package skills.matrix;

import dev.autoskill.telemetry.annotations.Outcome;
import java.util.concurrent.Callable;

/** Endings that a mapper knows how to judge. */
interface Judged {

  Outcome judgement() throws Exception;

  /** Something returned; the mapper that a skill names judges it. */
  record Result(Callable<Outcome> judge) implements Judged {
    @Override
    public Outcome judgement() throws Exception {
      return judge.call();
    }
  }

  /** Something returned; only a registered mapper judges it. */
  record Registered(Callable<Outcome> judge) {}

  /** Something thrown. */
  final class Thrown extends Exception implements Judged {

    private static final long serialVersionUID = 1;

    private final transient Outcome outcome;

    Thrown(Outcome outcome) {
      this.outcome = outcome;
    }

    @Override
    public Outcome judgement() {
      return outcome;
    }
  }
}
