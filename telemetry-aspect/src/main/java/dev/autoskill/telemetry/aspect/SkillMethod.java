package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import dev.autoskill.telemetry.event.Skill;
import java.util.concurrent.atomic.AtomicInteger;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.Signature;
import org.aspectj.lang.reflect.MethodSignature;
import org.jspecify.annotations.Nullable;

/**
 * All that can be known about a woven method before it is called.
 *
 * @param joinPoint the place in the woven class
 * @param number unlike that of any other woven method in this process
 * @param skill the skill that the method is
 * @param agentId the agent that the method says it runs for; null if it says none
 */
record SkillMethod(
    JoinPoint.StaticPart joinPoint, int number, Skill skill, @Nullable String agentId) {

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  static SkillMethod of(JoinPoint.StaticPart joinPoint) {
    Signature signature = joinPoint.getSignature();
    TrackedSkill annotation = annotation(signature);
    String name = firstText(nameOf(annotation), simpleName(signature));
    return new SkillMethod(
        joinPoint,
        NUMBERS.incrementAndGet(),
        annotation == null ? Skill.named(name) : new Skill(firstText(annotation.id(), name), name),
        annotation == null || annotation.agent().isBlank() ? null : annotation.agent());
  }

  /** Null if another aspect's pointcut picked out a method that is not annotated. */
  private static @Nullable TrackedSkill annotation(Signature signature) {
    return ((MethodSignature) signature).getMethod().getAnnotation(TrackedSkill.class);
  }

  private static String nameOf(@Nullable TrackedSkill annotation) {
    return annotation == null ? "" : firstText(annotation.name(), annotation.value());
  }

  private static String simpleName(Signature signature) {
    return signature.getDeclaringType().getSimpleName() + "." + signature.getName();
  }

  private static String firstText(String preferred, String otherwise) {
    return preferred.isBlank() ? otherwise : preferred;
  }
}
