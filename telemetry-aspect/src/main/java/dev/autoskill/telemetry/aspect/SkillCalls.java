package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.OutcomeRules;
import org.aspectj.lang.JoinPoint;

/**
 * What happens when a skill is entered and left. Called by the advice, on the caller's thread.
 *
 * <p>No fault gets out of here: it is counted, and the skill goes on as if it were not watched.
 */
final class SkillCalls {

  private SkillCalls() {}

  static void entered(JoinPoint.StaticPart joinPoint) {
    try {
      if (Telemetry.collector().isRecording()) {
        RunningSkills.push(SkillMethods.of(joinPoint).number(), System.nanoTime());
      }
    } catch (Throwable fault) {
      swallow(fault);
    }
  }

  static void returned(JoinPoint.StaticPart joinPoint) {
    left(joinPoint, OutcomeRules.whenReturned());
  }

  static void threw(JoinPoint.StaticPart joinPoint) {
    left(joinPoint, OutcomeRules.whenThrown());
  }

  private static void left(JoinPoint.StaticPart joinPoint, Outcome outcome) {
    try {
      TelemetryCollector collector = Telemetry.collector();
      if (collector.isRecording()) {
        long endNanos = System.nanoTime();
        SkillMethod method = SkillMethods.of(joinPoint);
        long startNanos = RunningSkills.pop(method.number());
        collector.recordUse(method.skill(), method.agentId(), outcome, startNanos, endNanos);
      }
    } catch (Throwable fault) {
      swallow(fault);
    }
  }

  private static void swallow(Throwable fault) {
    try {
      Telemetry.collector().countFault(fault);
    } catch (Throwable uncountable) {
      // Not even the collector can be had, so there is nobody left to tell.
    }
  }
}
