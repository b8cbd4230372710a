package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds {@link TrackedSkill} where {@code TrackedSkillAspect} does. */
final class SkillAnnotations {

  private SkillAnnotations() {}

  /** The annotation of an element, itself or that of another annotation there; null if none. */
  static @Nullable TrackedSkill on(AnnotatedElement element) {
    TrackedSkill own = element.getAnnotation(TrackedSkill.class);
    if (own != null) {
      return own;
    }
    for (Annotation other : element.getAnnotations()) {
      TrackedSkill ofOther = other.annotationType().getAnnotation(TrackedSkill.class);
      if (ofOther != null) {
        return ofOther;
      }
    }
    return null;
  }

  /**
   * The annotation of the type that declares a method, or else of the nearest one that declares a
   * method which it overrides; the annotation of that method if it leaves it out; null if none.
   */
  static @Nullable TrackedSkill onTypeOf(Method method) {
    return Modifier.isPublic(method.getModifiers())
        ? onTypeOf(method, method.getDeclaringClass())
        : null;
  }

  private static @Nullable TrackedSkill onTypeOf(Method method, Class<?> type) {
    List<Method> declared = declaredBy(type, method);
    TrackedSkill annotation = declared.isEmpty() ? null : on(type);
    if (annotation != null) {
      TrackedSkill leavingOut = leavingOut(declared);
      return leavingOut == null ? annotation : leavingOut;
    }
    Class<?> superclass = type.getSuperclass();
    TrackedSkill inherited = superclass == null ? null : onTypeOf(method, superclass);
    for (Class<?> implemented : type.getInterfaces()) {
      if (inherited != null) {
        break;
      }
      inherited = onTypeOf(method, implemented);
    }
    return inherited;
  }

  /**
   * What a method is, or what it overrides. A generic method is overridden by one of the same name
   * and of as many parameters; which of several that is cannot be told.
   */
  private static List<Method> declaredBy(Class<?> type, Method method) {
    if (type == method.getDeclaringClass()) {
      return List.of(method);
    }
    List<Method> similar = new ArrayList<>();
    for (Method declared : type.getDeclaredMethods()) {
      if (declared.getName().equals(method.getName())) {
        if (Arrays.equals(declared.getParameterTypes(), method.getParameterTypes())) {
          return List.of(declared);
        }
        if (declared.getParameterCount() == method.getParameterCount()) {
          similar.add(declared);
        }
      }
    }
    return similar;
  }

  /** The annotation that leaves a method out, if whatever it may be says so; null otherwise. */
  private static @Nullable TrackedSkill leavingOut(List<Method> candidates) {
    TrackedSkill own = null;
    for (Method candidate : candidates) {
      own = on(candidate);
      if (own == null || !own.ignore()) {
        return null;
      }
    }
    return own;
  }
}
