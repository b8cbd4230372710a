package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
import dev.autoskill.telemetry.aspect.SkillMethods.SkillJoinPoint;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.kotlin.SuspendingUse;
import dev.autoskill.telemetry.listener.UseObservers;
import dev.autoskill.telemetry.outcome.SkillDefinition;
import dev.autoskill.telemetry.outcome.UseEndings;
import dev.autoskill.telemetry.outcome.UseEndings.PendingUse;
import java.lang.invoke.MethodHandles.Lookup;
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

  private SkillCalls() {}

  /** A number for an aspect. */
  static int nextAspect() {
    return ASPECTS.incrementAndGet();
  }

  /**
   * A skill is entered.
   *
   * @param joinPoint its join point; null while a superclass of its class is being initialised
   * @return its frame; {@link #NOT_RECORDED} if telemetry is off, if the method is no skill, or if
   *     another aspect has seen this call already
   */
  public static int enter(JoinPoint.@Nullable StaticPart joinPoint, int aspect) {
    try {
      if (Telemetry.recording() == null) {
        return NOT_RECORDED;
      }
      SkillJoinPoint here = SkillMethods.at(joinPoint);
      return here.definition() == null
          ? NOT_RECORDED
          : RunningSkills.enter(here.methodNumber(), here.number(), aspect);
    } catch (Throwable fault) {
      swallow(fault);
      return NOT_RECORDED;
    }
  }

  /**
   * A Kotlin suspend function is called.
   *
   * @param joinPoint its join point; null while a superclass of its class is being initialised
   * @param woven the access of the function's class to itself
   * @return its use; null if that is not to be recorded, or goes on
   */
  public static @Nullable SuspendingUse enter(
      JoinPoint.@Nullable StaticPart joinPoint, int aspect, Lookup woven, Object continuation) {
    PendingUse use = null;
    try {
      TelemetryCollector collector = Telemetry.recording();
      if (collector != null && !SuspendingUse.isResumed(woven, continuation)) {
        SkillJoinPoint here = SkillMethods.at(joinPoint);
        SkillDefinition skill = here.definition();
        if (skill != null) {
          int method = here.methodNumber();
          use = collector.endings().begin(skill, method, here.number(), aspect);
        }
        return use == null ? null : new SuspendingUse(use, woven, continuation);
      }
    } catch (Throwable fault) {
      swallow(fault);
      if (use != null) {
        use.leave();
      }
    }
    return null;
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
   * @param joinPoint its join point; null while a superclass of its class is being initialised
   * @param frame its frame
   * @return its use; null if nobody observes uses
   */
  public static @Nullable PendingUse observed(JoinPoint.@Nullable StaticPart joinPoint, int frame) {
    try {
      TelemetryCollector collector = UseObservers.areAny() ? Telemetry.recording() : null;
      SkillDefinition skill = collector == null ? null : SkillMethods.at(joinPoint).definition();
      return skill == null ? null : collector.endings().begun(skill, frame);
    } catch (Throwable fault) {
      swallow(fault);
      return null;
    }
  }

  /**
   * A skill has returned.
   *
   * @param context the context in which it was called
   * @param observed its use; null if nobody observes uses
   * @param startNanos when it was entered, by {@link System#nanoTime()}
   * @param result what it returned, boxed; null if that is nothing
   * @return what its caller gets: the same object, or a publisher that stands in for it
   */
  public static @Nullable Object returned(
      JoinPoint.@Nullable StaticPart joinPoint,
      int frame,
      @Nullable SkillContext context,
      @Nullable PendingUse observed,
      long startNanos,
      @Nullable Object result) {
    return ended(joinPoint, frame, context, observed, startNanos, result, null);
  }

  /**
   * A skill has thrown, and so does this: advice may not throw what its join points do not declare,
   * and the compiler does not see that it only throws on.
   *
   * @return never
   */
  @SuppressWarnings("unchecked")
  public static <E extends Throwable> RuntimeException threw(
      JoinPoint.@Nullable StaticPart joinPoint,
      int frame,
      @Nullable SkillContext context,
      @Nullable PendingUse observed,
      long startNanos,
      Throwable thrown)
      throws E {
    ended(joinPoint, frame, context, observed, startNanos, null, thrown);
    throw (E) thrown;
  }

  private static @Nullable Object ended(
      JoinPoint.@Nullable StaticPart joinPoint,
      int frame,
      @Nullable SkillContext context,
      @Nullable PendingUse observed,
      long startNanos,
      @Nullable Object result,
      @Nullable Throwable thrown) {
    try {
      long endNanos = System.nanoTime();
      if (observed != null) {
        observed.leave();
        Class<?> type = SkillMethods.at(joinPoint).definition().standInType();
        return observed.ended(result, thrown, type, endNanos);
      }
      Outcome mark = UseEndings.markOf(RunningSkills.leave(frame));
      TelemetryCollector collector = Telemetry.recording();
      SkillDefinition skill = SkillMethods.at(joinPoint).definition();
      if (collector != null && skill != null) {
        UseEndings endings = collector.endings();
        return endings.ended(skill, context, result, thrown, mark, startNanos, endNanos);
      }
    } catch (Throwable fault) {
      swallow(fault);
    }
    return result;
  }

  private static void swallow(Throwable fault) {
    try {
      Telemetry.countFault(fault);
    } catch (Throwable uncountable) {
      // The stack or the heap has ended: there is nothing left to count with.
    }
  }
}
