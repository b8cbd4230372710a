package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.outcome.SkillDefinition;
import java.lang.ref.WeakReference;
import org.aspectj.lang.JoinPoint;
import org.jspecify.annotations.Nullable;

/**
 * A place where advice is woven in, with what each call needs to know of the method that it is in:
 * copied from there, since to go there takes as long as much else that a call does.
 */
final class SkillJoinPoint {

  final JoinPoint.StaticPart joinPoint;
  final SkillMethod method;

  /** The method's number. */
  final int number;

  /** The skill that the method is; null if it is not to be tracked. */
  final @Nullable SkillDefinition definition;

  final boolean returnsPublisher;

  /** Made once: who finds join points by their identity must not keep the skill's class loaded. */
  final WeakReference<SkillJoinPoint> reference = new WeakReference<>(this);

  SkillJoinPoint(JoinPoint.StaticPart joinPoint, SkillMethod method) {
    this.joinPoint = joinPoint;
    this.method = method;
    this.number = method.number();
    this.definition = method.definition();
    this.returnsPublisher = method.returnsPublisher();
  }
}
