package dev.autoskill.telemetry.agent;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which classes of one class loader the aspects could have something to do with. Some too many, but
 * none too few.
 *
 * <p>Safe for use by any number of threads.
 */
final class Candidates {

  /** What every class extends, and what need not be looked at: the JDK is not annotated by us. */
  private static final String JDK = "java/";

  private final Tracked tracked;

  /** Answers for annotation types and for supertypes, most of which are asked for again. */
  private final Map<String, Boolean> metaAnnotated = new ConcurrentHashMap<>();

  private final Map<String, Boolean> trackedTypes = new ConcurrentHashMap<>();

  Candidates(Tracked tracked) {
    this.tracked = tracked;
  }

  /**
   * Whether a class names a tracked annotation, or an annotation that carries one, or inherits from
   * a type that is annotated so.
   */
  boolean include(ClassLoader loader, ClassFile type) throws IOException {
    return tracked.isMentionedBy(type)
        || hasMetaAnnotation(loader, type.annotationTypes())
        || inheritsFromTracked(loader, type);
  }

  private boolean hasMetaAnnotation(ClassLoader loader, Iterable<String> annotationTypes)
      throws IOException {
    for (String annotationType : annotationTypes) {
      if (!annotationType.startsWith(JDK) && isMetaAnnotated(loader, annotationType)) {
        return true;
      }
    }
    return false;
  }

  private boolean isMetaAnnotated(ClassLoader loader, String annotationType) throws IOException {
    Boolean known = metaAnnotated.get(annotationType);
    if (known == null) {
      ClassFile file = TypeSource.find(loader, annotationType);
      known = file != null && tracked.isAmong(file.typeAnnotations());
      metaAnnotated.put(annotationType, known);
    }
    return known;
  }

  private boolean inheritsFromTracked(ClassLoader loader, ClassFile type) throws IOException {
    for (String supertype : type.supertypes()) {
      if (!supertype.startsWith(JDK) && isTracked(loader, supertype)) {
        return true;
      }
    }
    return false;
  }

  private boolean isTracked(ClassLoader loader, String name) throws IOException {
    Boolean known = trackedTypes.get(name);
    if (known == null) {
      known = isTracked(loader, TypeSource.find(loader, name));
      trackedTypes.put(name, known);
    }
    return known;
  }

  private boolean isTracked(ClassLoader loader, @Nullable ClassFile type) throws IOException {
    return type != null
        && (tracked.isAmong(type.typeAnnotations())
            || hasMetaAnnotation(loader, type.typeAnnotations())
            || inheritsFromTracked(loader, type));
  }
}
