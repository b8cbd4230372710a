package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.listener.UseObservers;
import dev.autoskill.telemetry.outcome.PendingUse;
import dev.autoskill.telemetry.outcome.SkillDefinition;
import dev.autoskill.telemetry.outcome.SkillDefinition.SkillCall;
import dev.autoskill.telemetry.outcome.SkillDefinition.SkillJoinPoint;
import dev.autoskill.telemetry.outcome.UseEndings;
import java.util.concurrent.atomic.AtomicInteger;
import org.aspectj.lang.JoinPoint;
import org.jspecify.annotations.Nullable;

/**
 * The advice calls this when a skill is entered and left, on the caller's thread. Internal; public
 * because AspectJ copies the advice into the woven classes.
 *
 * <p>No fault gets out of here: it is counted, and the skill goes on as if it were not watched.
 */
public final class SkillCalls {

  private static final AtomicInteger ASPECTS = new AtomicInteger();

  private SkillCalls() {}

  /** A number for an aspect. */
  static int nextAspect() {
    return ASPECTS.incrementAndGet();
  }

  /**
   * {@return the skill that a called method is; null if telemetry is off, or it is none}
   *
   * @param joinPoint its join point; null while a superclass of its class is being initialised
   */
  public static @Nullable SkillJoinPoint at(JoinPoint.@Nullable StaticPart joinPoint) {
    try {
      if (Telemetry.recording() != null) {
        SkillJoinPoint here = SkillMethods.at(joinPoint);
        return here.definition() == null ? null : here;
      }
    } catch (Throwable fault) {
      swallow(fault);
    }
    return null;
  }

  /**
   * {@return the call of a skill that is entered; null if it is not to be recorded, or another
   * aspect has seen it already}
   *
   * @param joinPoint as for {@link #at}
   * @param aspect the number of the aspect
   */
  public static @Nullable SkillCall enter(JoinPoint.@Nullable StaticPart joinPoint, int aspect) {
    SkillJoinPoint here = at(joinPoint);
    int frame = RunningSkills.SEEN_ALREADY;
    try {
      frame = here == null ? frame : RunningSkills.enter(here.method(), here.number(), aspect);
      if (frame != RunningSkills.SEEN_ALREADY) {
        TelemetryCollector observed = UseObservers.areAny() ? Telemetry.recording() : null;
        return here.call(
            frame,
            SkillContext.currentOrNull(),
            observed == null ? null : observed.endings().begun(here.definition(), frame));
      }
    } catch (Throwable fault) {
      swallow(fault);
      if (frame != RunningSkills.SEEN_ALREADY) {
        RunningSkills.leave(frame);
      }
    }
    return null;
  }

  /**
   * A skill has returned or thrown. Throws on what it has thrown: advice may not throw what its
   * join points do not declare, and the compiler does not see that it only throws on.
   *
   * @param <E> what its caller knows that it throws
   * @param call its call
   * @param startNanos when it was entered, by {@link System#nanoTime()}
   * @param result what it returned, boxed; null if that is nothing
   * @param thrown what it has thrown; null: it has returned
   * @return what its caller gets: the same object, or a publisher that stands in for it
   * @throws E what it has thrown
   */
  @SuppressWarnings("unchecked")
  public static <E extends Throwable> @Nullable Object ended(
      SkillCall call, long startNanos, @Nullable Object result, @Nullable Throwable thrown)
      throws E {
    Object returned = result;
    try {
      long endNanos = System.nanoTime();
      SkillDefinition skill = call.here().definition();
      PendingUse observed = call.observed();
      if (observed != null) {
        observed.leave();
        returned = observed.ended(result, thrown, skill.standInType(), endNanos);
      } else {
        Outcome mark = UseEndings.markOf(RunningSkills.leave(call.frame()));
        TelemetryCollector collector = Telemetry.recording();
        if (collector != null) {
          UseEndings endings = collector.endings();
          returned =
              endings.ended(skill, call.context(), result, thrown, mark, startNanos, endNanos);
        }
      }
    } catch (Throwable fault) {
      swallow(fault);
    }
    if (thrown != null) {
      throw (E) thrown;
    }
    return returned;
  }

  private static void swallow(Throwable fault) {
    try {
      Telemetry.countFault(fault);
    } catch (Throwable uncountable) {
      // The stack or the heap has ended: there is nothing left to count with.
    }
  }
}
