package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds {@link TrackedSkill} where {@code TrackedSkillAspect} does. */
final class SkillAnnotations {

  private static final String TRACKED_SKILL = TrackedSkill.class.getName();
  private static final String INHERITED = "java.lang.annotation.Inherited";

  private final ClassFactsSource source;

  SkillAnnotations(ClassFactsSource source) {
    this.source = source;
  }

  /** The annotation of a method, itself or that of another annotation there; null if none. */
  @Nullable AnnotationFacts on(MethodFacts method) {
    return among(method.annotations(), false);
  }

  /** The annotation of a type, or else of its nearest superclass that hands one down. */
  @Nullable AnnotationFacts on(ClassFacts type) {
    AnnotationFacts own = among(type.annotations(), false);
    String superclass = type.superclass();
    while (own == null && superclass != null && !superclass.startsWith("java.")) {
      ClassFacts next = source.named(superclass);
      if (next == null) {
        return null;
      }
      own = among(next.annotations(), true);
      superclass = next.superclass();
    }
    return own;
  }

  private @Nullable AnnotationFacts among(List<AnnotationFacts> annotations, boolean isInherited) {
    for (AnnotationFacts annotation : annotations) {
      if (annotation.type().equals(TRACKED_SKILL)) {
        return annotation;
      }
    }
    for (AnnotationFacts annotation : annotations) {
      if (annotation.type().startsWith("java.")) {
        continue;
      }
      ClassFacts type = source.named(annotation.type());
      if (type != null && type.isAnnotated(TRACKED_SKILL)) {
        if (!isInherited || type.isAnnotated(INHERITED)) {
          return among(type.annotations(), false);
        }
      }
    }
    return null;
  }
}
