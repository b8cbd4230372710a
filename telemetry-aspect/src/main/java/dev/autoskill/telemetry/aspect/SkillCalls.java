package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.listener.UseObservers;
import dev.autoskill.telemetry.outcome.SkillDefinition;
import dev.autoskill.telemetry.outcome.UseEndings;
import dev.autoskill.telemetry.outcome.UseEndings.PendingUse;
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

  /** The frame of a call that is not to be recorded. */
  public static final int NOT_RECORDED = RunningSkills.SEEN_ALREADY;

  private static final AtomicInteger ASPECTS = new AtomicInteger();

  /**
   * A place where advice is woven in, and all that can be known about its method before it is
   * called.
   *
   * @param number unlike that of any other join point in this process; 0: the class has not made
   *     its join points yet
   * @param methodNumber unlike that of any other woven method in this process; at least 1
   * @param definition the skill that the method is; null if it is not to be tracked
   */
  public record SkillJoinPoint(int number, int methodNumber, @Nullable SkillDefinition definition) {

    SkillJoinPoint at(int joinPointNumber) {
      return new SkillJoinPoint(joinPointNumber, methodNumber, definition);
    }
  }

  private SkillCalls() {}

  /** A number for an aspect. */
  static int nextAspect() {
    return ASPECTS.incrementAndGet();
  }

  /**
   * A method is called that the weaver has taken for a skill.
   *
   * @param joinPoint its join point; null while a superclass of its class is being initialised
   * @return the skill; null if telemetry is off, or the method is no skill
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
   * A skill is entered.
   *
   * @param here the skill; null: there is none
   * @return its frame; {@link #NOT_RECORDED} if there is no skill, or another aspect has seen this
   *     call already
   */
  public static int enter(@Nullable SkillJoinPoint here, int aspect) {
    try {
      return here == null
          ? NOT_RECORDED
          : RunningSkills.enter(here.methodNumber(), here.number(), aspect);
    } catch (Throwable fault) {
      swallow(fault);
      return NOT_RECORDED;
    }
  }

  /** The context in which a skill is called; null if there is none. */
  public static @Nullable SkillContext context() {
    try {
      return SkillContext.currentOrNull();
    } catch (Throwable fault) {
      swallow(fault);
      return null;
    }
  }

  /**
   * A skill is entered that is to be recorded.
   *
   * @param here the skill
   * @param frame its frame
   * @return its use; null if nobody observes uses
   */
  public static @Nullable PendingUse observed(SkillJoinPoint here, int frame) {
    try {
      TelemetryCollector collector = UseObservers.areAny() ? Telemetry.recording() : null;
      return collector == null ? null : collector.endings().begun(here.definition(), frame);
    } catch (Throwable fault) {
      swallow(fault);
      return null;
    }
  }

  /**
   * A skill has returned or thrown.
   *
   * @param here the skill
   * @param frame its frame
   * @param context the context in which it was called
   * @param observed its use; null if nobody observes uses
   * @param startNanos when it was entered, by {@link System#nanoTime()}
   * @param result what it returned, boxed; null if that is nothing
   * @param thrown what it has thrown; null: it has returned
   * @return what its caller gets, unless it has thrown: the same object, or a publisher that stands
   *     in for it
   */
  public static @Nullable Object ended(
      SkillJoinPoint here,
      int frame,
      @Nullable SkillContext context,
      @Nullable PendingUse observed,
      long startNanos,
      @Nullable Object result,
      @Nullable Throwable thrown) {
    try {
      long endNanos = System.nanoTime();
      SkillDefinition skill = here.definition();
      if (observed != null) {
        observed.leave();
        return observed.ended(result, thrown, skill.standInType(), endNanos);
      }
      Outcome mark = UseEndings.markOf(RunningSkills.leave(frame));
      TelemetryCollector collector = Telemetry.recording();
      if (collector != null) {
        return collector
            .endings()
            .ended(skill, context, result, thrown, mark, startNanos, endNanos);
      }
    } catch (Throwable fault) {
      swallow(fault);
    }
    return result;
  }

  /**
   * Throws on what a skill has thrown: advice may not throw what its join points do not declare,
   * and the compiler does not see that it only throws on.
   *
   * @return never
   */
  @SuppressWarnings("unchecked")
  public static <E extends Throwable> RuntimeException rethrown(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private static void swallow(Throwable fault) {
    try {
      Telemetry.countFault(fault);
    } catch (Throwable uncountable) {
      // The stack or the heap has ended: there is nothing left to count with.
    }
  }
}
