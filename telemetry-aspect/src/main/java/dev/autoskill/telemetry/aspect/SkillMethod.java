package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.outcome.SkillDefinition;
import java.lang.reflect.Method;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * All that can be known about a woven method before it is called.
 *
 * @param method the method
 * @param number unlike that of any other woven method in this process; at least 1
 * @param definition the skill that the method is; null if it is not to be tracked
 * @param returnsPublisher whether its result is exchanged, to observe it
 */
record SkillMethod(
    Method method, int number, @Nullable SkillDefinition definition, boolean returnsPublisher) {

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final AtomicInteger TRACKED = new AtomicInteger();

  /** As {@code SkillAspect} has them. */
  private static final String REACTIVE_STREAMS = "org.reactivestreams";

  private static final String REACTOR = "reactor.core.publisher";

  private static final String KOTLIN_FLOW = "kotlinx.coroutines.flow";

  /**
   * Finds out about a method.
   *
   * @param plain what is known to stand on it; null if nothing is known
   */
  static SkillMethod of(Method method, @Nullable PlainSkill plain) {
    SkillDefinition definition = SkillDefinitions.of(method, plain);
    if (definition != null) {
      TRACKED.incrementAndGet();
    }
    return new SkillMethod(
        method, NUMBERS.incrementAndGet(), definition, isPublisher(method.getReturnType()));
  }

  /** How many methods have been used so far, without those that are left out. */
  static int trackedCount() {
    return TRACKED.get();
  }

  Class<?> returnType() {
    return method.getReturnType();
  }

  static boolean isPublisher(Class<?> type) {
    return type == Flow.Publisher.class
        || type.getPackageName().equals(REACTIVE_STREAMS)
        || type.getPackageName().equals(REACTOR)
        || type.getPackageName().equals(KOTLIN_FLOW);
  }
}
