package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
import dev.autoskill.telemetry.outcome.Marks;
import dev.autoskill.telemetry.outcome.SkillDefinition;
import java.util.concurrent.atomic.AtomicInteger;
import org.aspectj.lang.JoinPoint;
import org.jspecify.annotations.Nullable;

/**
 * What happens when a skill is entered and left. Called by the advice, on the caller's thread.
 *
 * <p>No fault gets out of here: it is counted, and the skill goes on as if it were not watched.
 */
final class SkillCalls {

  private static final AtomicInteger WATCHERS = new AtomicInteger();

  private SkillCalls() {}

  /** A number for an aspect, by which its view of a use is told from those of other aspects. */
  static int nextWatcher() {
    return WATCHERS.incrementAndGet();
  }

  static void entered(JoinPoint.StaticPart joinPoint, int watcher) {
    try {
      if (Telemetry.collector().isRecording()) {
        SkillMethod method = SkillMethods.of(joinPoint);
        if (method.isTracked()) {
          RunningSkills.enter(method.number(), watcher, System.nanoTime());
        }
      }
    } catch (Throwable fault) {
      swallow(fault);
    }
  }

  static void returned(JoinPoint.StaticPart joinPoint, int watcher, @Nullable Object result) {
    try {
      TelemetryCollector collector = Telemetry.collector();
      if (collector.isRecording()) {
        long endNanos = System.nanoTime();
        SkillMethod method = SkillMethods.of(joinPoint);
        if (method.isTracked() && !method.returnsPublisher()) {
          left(collector, method, watcher, result, null, endNanos);
        }
      }
    } catch (Throwable fault) {
      swallow(fault);
    }
  }

  static void threw(JoinPoint.StaticPart joinPoint, int watcher, Throwable thrown) {
    try {
      TelemetryCollector collector = Telemetry.collector();
      if (collector.isRecording()) {
        long endNanos = System.nanoTime();
        SkillMethod method = SkillMethods.of(joinPoint);
        if (method.isTracked()) {
          left(collector, method, watcher, null, thrown, endNanos);
        }
      }
    } catch (Throwable fault) {
      swallow(fault);
    }
  }

  /** Answers what to return instead, or the same object. */
  static @Nullable Object returnedPublisher(
      JoinPoint.StaticPart joinPoint, int watcher, @Nullable Object result) {
    try {
      TelemetryCollector collector = Telemetry.collector();
      if (collector.isRecording()) {
        long endNanos = System.nanoTime();
        SkillMethod method = SkillMethods.of(joinPoint);
        if (method.isTracked() && method.returnsPublisher()) {
          return returnedPublisher(collector, method, watcher, result, endNanos);
        }
      }
    } catch (Throwable fault) {
      swallow(fault);
    }
    return result;
  }

  private static void left(
      TelemetryCollector collector,
      SkillMethod method,
      int watcher,
      @Nullable Object result,
      @Nullable Throwable thrown,
      long endNanos) {
    long[] frames = RunningSkills.ofThread();
    int frame = RunningSkills.find(frames, method.number(), watcher);
    if (frame == 0) {
      return;
    }
    long startNanos = RunningSkills.startNanos(frames, frame);
    Outcome mark = Marks.of(frames, frame);
    RunningSkills.leave(frames, frame);
    if (thrown == null) {
      collector.endings().returned(method.definition(), result, mark, startNanos, endNanos);
    } else {
      collector.endings().threw(method.definition(), thrown, mark, startNanos, endNanos);
    }
  }

  private static @Nullable Object returnedPublisher(
      TelemetryCollector collector,
      SkillMethod method,
      int watcher,
      @Nullable Object result,
      long endNanos) {
    long[] frames = RunningSkills.ofThread();
    int frame = RunningSkills.find(frames, method.number(), watcher);
    if (frame == 0) {
      return result;
    }
    long startNanos = RunningSkills.startNanos(frames, frame);
    Outcome mark = Marks.of(frames, frame);
    RunningSkills.leave(frames, frame);
    SkillDefinition definition = method.definition();
    Class<?> type = method.returnType();
    return collector
        .endings()
        .returnedPublisher(definition, result, type, mark, startNanos, endNanos);
  }

  private static void swallow(Throwable fault) {
    try {
      Telemetry.collector().countFault(fault);
    } catch (Throwable uncountable) {
      // Not even the collector can be had, so there is nobody left to tell.
    }
  }
}
