package dev.autoskill.telemetry.aspect;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.Set;

/** The methods of a class that {@code TrackedSkillAspect} picks out, as reflection sees them. */
final class TrackedMethods {

  private static final Set<String> OF_EVERY_OBJECT = Set.of("toString", "hashCode", "equals");

  /** As {@code SkillAspect} has it. */
  private static final String CONTINUATION = "kotlin.coroutines.Continuation";

  private TrackedMethods() {}

  static Set<Method> of(Class<?> type) {
    Set<Method> tracked = new LinkedHashSet<>();
    for (Method method : declaredBy(type)) {
      if (isPickedOut(method) && !LeftOut.isLeftOut(method)) {
        tracked.add(method);
      }
    }
    return tracked;
  }

  /** Whether Kotlin made this of a suspend function, which is never woven. */
  static boolean isSuspending(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    return parameters.length > 0
        && parameters[parameters.length - 1].getName().equals(CONTINUATION);
  }

  private static Method[] declaredBy(Class<?> type) {
    try {
      return type.getDeclaredMethods();
    } catch (LinkageError e) {
      // A type in one of its signatures is missing.
      return new Method[0];
    }
  }

  private static boolean isPickedOut(Method method) {
    int withoutBody = Modifier.ABSTRACT | Modifier.NATIVE;
    if (method.isSynthetic() || (method.getModifiers() & withoutBody) != 0) {
      return false;
    }
    return SkillAnnotations.on(method) != null
        || (!OF_EVERY_OBJECT.contains(method.getName())
            && SkillAnnotations.onTypeOf(method) != null);
  }
}
