package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.outcome.Marks;
import dev.autoskill.telemetry.outcome.MovedBodies;
import dev.autoskill.telemetry.outcome.SkillDefinition;
import java.util.concurrent.atomic.AtomicInteger;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.reflect.MethodSignature;
import org.jspecify.annotations.Nullable;

/**
 * What happens when a skill is entered and left. Called by the advice, on the caller's thread.
 *
 * <p>The clock is read last when a skill is entered and first when it is left. So a duration is the
 * method's own, and what there is to do for one use and the next is not parted by a reading, before
 * which the processor finishes all that it has begun.
 *
 * <p>No fault gets out of here: it is counted, and the skill goes on as if it were not watched.
 */
final class SkillCalls {

  private static final AtomicInteger WATCHERS = new AtomicInteger();

  /** An object, so that its class is there before the stack overflows. */
  private static final Overflow OVERFLOW = new Overflow();

  /**
   * Whether a skill was entered: before, there is nothing to leave. A thread sees it that needs to,
   * since it has set it itself. Written but once, since all threads read it.
   */
  private static boolean hasEntered;

  private SkillCalls() {}

  /** A number for an aspect, by which its view of a use is told from those of other aspects. */
  static int nextWatcher() {
    return WATCHERS.incrementAndGet();
  }

  static void entered(JoinPoint.StaticPart joinPoint, int watcher) {
    try {
      if (Telemetry.recording() != null) {
        RunningSkills running = RunningSkills.ofThread();
        SkillJoinPoint here = SkillMethods.at(joinPoint);
        if (here.definition != null) {
          running.enter(here.number, watcher, System.nanoTime());
          if (!hasEntered) {
            hasEntered = true;
          }
        }
      }
    } catch (Throwable fault) {
      swallow(fault);
    }
  }

  static void returned(JoinPoint.StaticPart joinPoint, int watcher, @Nullable Object result) {
    try {
      TelemetryCollector collector = Telemetry.recording();
      if (collector != null) {
        long endNanos = System.nanoTime();
        RunningSkills running = RunningSkills.ofThread();
        SkillJoinPoint here = SkillMethods.at(joinPoint);
        if (here.definition != null && !here.returnsPublisher) {
          left(collector, running, here, here.definition, watcher, result, null, endNanos);
        }
      } else if (hasEntered) {
        forget(joinPoint, watcher);
      }
    } catch (Throwable fault) {
      swallow(fault);
    }
  }

  static void threw(JoinPoint.StaticPart joinPoint, int watcher, Throwable thrown) {
    try {
      TelemetryCollector collector = Telemetry.recording();
      if (collector != null) {
        long endNanos = System.nanoTime();
        RunningSkills running = RunningSkills.ofThread();
        SkillJoinPoint here = SkillMethods.at(joinPoint);
        if (here.definition != null) {
          left(collector, running, here, here.definition, watcher, null, thrown, endNanos);
        }
        if (here.returnsPublisher && leavesRoom(thrown)) {
          MovedBodies.putBack(thrown);
        }
      } else {
        if (hasEntered) {
          forget(joinPoint, watcher);
        }
        if (leavesRoom(thrown) && returnsPublisher(joinPoint)) {
          MovedBodies.putBack(thrown);
        }
      }
    } catch (Throwable fault) {
      swallow(fault);
    }
  }

  private static boolean returnsPublisher(JoinPoint.StaticPart joinPoint) {
    return SkillMethod.isPublisher(((MethodSignature) joinPoint.getSignature()).getReturnType());
  }

  /** Where the stack or the memory has ended, no more is done than has to be. */
  private static boolean leavesRoom(Throwable thrown) {
    return !(thrown instanceof VirtualMachineError);
  }

  /** Answers what to return instead, or the same object. */
  static @Nullable Object returnedPublisher(
      JoinPoint.StaticPart joinPoint, int watcher, @Nullable Object result) {
    try {
      TelemetryCollector collector = Telemetry.recording();
      if (collector != null) {
        long endNanos = System.nanoTime();
        RunningSkills running = RunningSkills.ofThread();
        SkillJoinPoint here = SkillMethods.at(joinPoint);
        if (here.definition != null && here.returnsPublisher) {
          return leftPublisher(
              collector, running, here, here.definition, watcher, result, endNanos);
        }
      }
    } catch (Throwable fault) {
      swallow(fault);
    }
    return result;
  }

  /** Telemetry was on when the skill was entered, perhaps, and is off now. */
  private static void forget(JoinPoint.StaticPart joinPoint, int watcher) {
    RunningSkills running = RunningSkills.ofThread();
    if (running.depth() > 0) {
      running.forget(SkillMethods.at(joinPoint).number, watcher);
    }
  }

  private static void left(
      TelemetryCollector collector,
      RunningSkills running,
      SkillJoinPoint here,
      SkillDefinition definition,
      int watcher,
      @Nullable Object result,
      @Nullable Throwable thrown,
      long endNanos) {
    int frame = running.find(here.number, watcher);
    if (frame == 0) {
      return;
    }
    if (thrown instanceof StackOverflowError) {
      frame = OVERFLOW.corrected(running, frame, here.method, watcher);
    }
    long startNanos = running.startNanos(frame);
    SkillContext context = (SkillContext) running.contextOf(frame);
    Outcome mark = Marks.of(running, frame);
    running.leave(frame);
    if (thrown == null) {
      collector
          .endings()
          .returned(running, definition, context, result, mark, startNanos, endNanos);
    } else {
      collector.endings().threw(running, definition, context, thrown, mark, startNanos, endNanos);
    }
  }

  private static @Nullable Object leftPublisher(
      TelemetryCollector collector,
      RunningSkills running,
      SkillJoinPoint here,
      SkillDefinition definition,
      int watcher,
      @Nullable Object result,
      long endNanos) {
    int frame = running.find(here.number, watcher);
    if (frame == 0) {
      return result;
    }
    long startNanos = running.startNanos(frame);
    SkillContext context = (SkillContext) running.contextOf(frame);
    Outcome mark = Marks.of(running, frame);
    running.leave(frame);
    Class<?> type = here.method.returnType();
    return collector
        .endings()
        .returnedPublisher(running, definition, context, result, type, mark, startNanos, endNanos);
  }

  private static void swallow(Throwable fault) {
    try {
      Telemetry.countFault(fault);
    } catch (Throwable uncountable) {
      // The stack has ended, or the memory: there is nothing left to count with.
    }
  }
}
