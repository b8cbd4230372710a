package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.outcome.SkillDefinition;
import java.util.concurrent.atomic.AtomicInteger;
import org.aspectj.lang.JoinPoint;
import org.jspecify.annotations.Nullable;

/**
 * A place where advice is woven in, and all that can be known about its method before it is called.
 * A method has more than one such place if its class was woven twice.
 *
 * @param joinPoint AspectJ's object for it; null: the class has not made it yet
 * @param number unlike that of any other join point in this process; 0 where there is no object
 * @param method what the class file says of the method
 * @param methodNumber unlike that of any other woven method in this process; at least 1
 * @param definition the skill that the method is; null if it is not to be tracked
 */
record SkillJoinPoint(
    JoinPoint.@Nullable StaticPart joinPoint,
    int number,
    MethodFacts method,
    int methodNumber,
    @Nullable SkillDefinition definition) {

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final AtomicInteger TRACKED = new AtomicInteger();

  static SkillJoinPoint of(MethodFacts method, @Nullable SkillDefinition definition) {
    if (definition != null) {
      TRACKED.incrementAndGet();
    }
    return new SkillJoinPoint(null, 0, method, NUMBERS.incrementAndGet(), definition);
  }

  /** The same method at one of its join points. */
  SkillJoinPoint at(JoinPoint.StaticPart place) {
    return new SkillJoinPoint(place, NUMBERS.incrementAndGet(), method, methodNumber, definition);
  }

  /** How many methods have been used so far, without those that are left out. */
  static int trackedCount() {
    return TRACKED.get();
  }
}
