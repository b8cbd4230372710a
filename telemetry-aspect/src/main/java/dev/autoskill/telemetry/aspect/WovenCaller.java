package dev.autoskill.telemetry.aspect;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the woven method that calls this library on the stack: while a superclass is being
 * initialised, a class has no join points yet, and its skills may be used all the same.
 */
final class WovenCaller {

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private static final String LIBRARY = SkillCalls.class.getPackageName() + ".";

  /** AspectJ calls a method's body, and the advice that it copies, after the method. */
  static final String MOVED = "_aroundBody";

  private WovenCaller() {}

  static SkillJoinPoint joinPoint() {
    Optional<SkillJoinPoint> found =
        WALKER.walk(
            frames ->
                frames
                    .filter(frame -> !frame.getClassName().startsWith(LIBRARY))
                    .filter(frame -> !frame.getMethodName().contains(MOVED))
                    .findFirst()
                    .map(WovenCaller::joinPoint));
    return found.orElseThrow(() -> new IllegalStateException("no woven method calls"));
  }

  private static SkillJoinPoint joinPoint(StackWalker.StackFrame frame) {
    return SkillMethods.of(frame.getDeclaringClass())
        .method(frame.getMethodName(), frame.getDescriptor(), returnType(frame));
  }

  private static @Nullable Class<?> returnType(StackWalker.StackFrame frame) {
    try {
      return frame.getMethodType().returnType();
    } catch (TypeNotPresentException e) {
      return null;
    }
  }
}
