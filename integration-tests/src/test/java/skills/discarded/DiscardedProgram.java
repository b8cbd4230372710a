package skills.discarded;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.event.SkillContext;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;
import skills.discarded.DiscardedSkills.Answer;
import skills.discarded.DiscardedSkills.Refusal;

/** Does what it is told by a host that knows none of its classes. */
public final class DiscardedProgram implements UnaryOperator<String> {

  private final DiscardedSkills skills = new DiscardedSkills();

  @Override
  public String apply(String what) {
    switch (what) {
      case "use" -> use();
      case "report" -> Telemetry.collector().getEffectivenessReport();
      case "flush" -> {
        if (!Telemetry.collector().flush(Duration.ofMinutes(1))) {
          return "NOT FLUSHED";
        }
      }
      case "close" -> Telemetry.collector().close();
      default -> throw new IllegalArgumentException(what);
    }
    return what;
  }

  private void use() {
    try (SkillContext.Scope scope = SkillContext.ofSession("discarded").open()) {
      Objects.requireNonNull(scope);
      skills.returns();
      try {
        skills.refuses();
      } catch (Refusal expected) {
        // As it has to be.
      }
      skills.done();
      skills.neverDone();
      skills.plainDone();
      skills.plainNeverDone();
      skills.judged("a long text");
      skills.judged("");
      skills.publishes().subscribe(new Reader());
      skills.publishes();
    }
  }

  private static final class Reader implements Flow.Subscriber<Answer> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(1);
    }

    @Override
    public void onNext(Answer item) {}

    @Override
    public void onError(Throwable thrown) {}

    @Override
    public void onComplete() {}
  }
}
