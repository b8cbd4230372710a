package dev.autoskill.telemetry.listener;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.TimeSource;
import dev.autoskill.telemetry.recording.UseRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The observers of a collector. Safe for use by any number of threads. */
public final class UseObservers {

  private static final int MOST_REMEMBERED = 10_000;

  private static volatile boolean areAny;

  private final List<Observer> observers = new ArrayList<>();
  private final String defaultAgent;
  private final PrivacyGuard privacy;

  /** By the skills of the program, the skills as reports show them. */
  private final Map<Skill, Skill> shown = new ConcurrentHashMap<>();

  private record Observer(UseObserver observer, Guard guard) {}

  UseObservers(
      List<UseObserver> observers,
      String defaultAgent,
      PrivacyGuard privacy,
      TimeSource time,
      Faults faults) {
    for (UseObserver observer : observers) {
      this.observers.add(new Observer(observer, new Guard(observer, time, faults)));
    }
    this.defaultAgent = defaultAgent;
    this.privacy = privacy;
    if (!observers.isEmpty()) {
      rehearse(new Guard(this, time, faults));
      areAny = true;
    }
  }

  /** Loads beforehand the classes that the end of a use takes: it may be near that of the stack. */
  private static void rehearse(Guard guard) {
    ObservedUse rehearsed = new ObservedUse(new Rehearsal(), guard, new Rehearsal());
    rehearsed.left();
    rehearsed.drop();
  }

  private static final class Rehearsal implements UseObserver.Use, UseRecorder {

    @Override
    public void left() {}

    @Override
    public void ended(
        @Nullable Outcome outcome, long startNanos, long endNanos, @Nullable Class<?> thrown) {}

    @Override
    public void record(
        Skill skill,
        @Nullable String agentId,
        @Nullable SkillContext context,
        Outcome outcome,
        @Nullable Throwable thrown,
        long startNanos,
        long endNanos) {}

    @Override
    public void drop() {}
  }

  /**
   * {@return whether a collector of this process has ever had an observer: all that a use asks for
   * where nobody observes}
   */
  public static boolean areAny() {
    return areAny;
  }

  /**
   * A use begins.
   *
   * @param skill its skill
   * @param agentId its agent; null: that of the context, else the default one
   * @param context what is current; null: nothing
   * @param recorder records its end
   * @return the same recorder if nobody observes the use; else an {@link ObservedUse}, which also
   *     tells the observers
   */
  public UseRecorder began(
      Skill skill, @Nullable String agentId, @Nullable SkillContext context, UseRecorder recorder) {
    UseRecorder observed = recorder;
    String ofContext = context == null ? null : context.agentId();
    String named = agentId == null ? ofContext : agentId;
    String agent = named == null ? defaultAgent : named;
    for (Observer each : observers) {
      if (!each.guard.isCutOff()) {
        UseObserver.Use use =
            each.guard.call(() -> each.observer.began(shown(skill), privacy.clean(agent)));
        if (use != null) {
          observed = new ObservedUse(use, each.guard, observed);
        }
      }
    }
    return observed;
  }

  private Skill shown(Skill skill) {
    Skill known = shown.get(skill);
    if (known == null) {
      known = privacy.stored(skill);
      if (shown.size() >= MOST_REMEMBERED) {
        shown.clear();
      }
      shown.put(skill, known);
    }
    return known;
  }
}
