package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
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
    Method declared = declaredBy(type, method);
    TrackedSkill annotation = declared == null ? null : on(type);
    if (annotation != null) {
      TrackedSkill own = on(declared);
      return own != null && own.ignore() ? own : annotation;
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

  /** Generic methods are overridden by others of the same name, and of as many parameters. */
  private static @Nullable Method declaredBy(Class<?> type, Method method) {
    if (type == method.getDeclaringClass()) {
      return method;
    }
    for (Method declared : type.getDeclaredMethods()) {
      if (declared.getName().equals(method.getName())
          && declared.getParameterCount() == method.getParameterCount()) {
        return declared;
      }
    }
    return null;
  }
}
