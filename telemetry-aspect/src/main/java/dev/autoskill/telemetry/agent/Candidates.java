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

  /** Answers for annotation types, most of which are asked for again. */
  private final Map<String, Boolean> metaAnnotated = new ConcurrentHashMap<>();

  /** Answers for types that others may extend: those that were looked at, and those asked for. */
  private final Map<String, Boolean> trackedTypes = new ConcurrentHashMap<>();

  Candidates(Tracked tracked) {
    this.tracked = tracked;
  }

  /** A class file to ask {@link #include} about. */
  ClassFile classFile(byte[] bytes) {
    return tracked.classFile(bytes);
  }

  /**
   * Whether a class names a tracked annotation, or an annotation that carries one, or inherits from
   * a type that is annotated so.
   *
   * @param type as {@link #classFile} made it
   */
  boolean include(TypeSource types, ClassFile type) throws IOException {
    if (type.mentionsSought() || hasMetaAnnotation(types, type.annotationTypes())) {
      return true;
    }
    boolean inherits = inheritsFromTracked(types, type);
    if (!type.isFinal()) {
      trackedTypes.put(type.name(), inherits);
    }
    return inherits;
  }

  private boolean hasMetaAnnotation(TypeSource types, Iterable<String> annotationTypes)
      throws IOException {
    for (String annotationType : annotationTypes) {
      if (!annotationType.startsWith(JDK) && isMetaAnnotated(types, annotationType)) {
        return true;
      }
    }
    return false;
  }

  private boolean isMetaAnnotated(TypeSource types, String annotationType) throws IOException {
    Boolean known = metaAnnotated.get(annotationType);
    if (known == null) {
      ClassFile file = types.find(annotationType);
      known = file != null && tracked.isAmong(file.typeAnnotations());
      metaAnnotated.put(annotationType, known);
    }
    return known;
  }

  private boolean inheritsFromTracked(TypeSource types, ClassFile type) throws IOException {
    for (String supertype : type.supertypes()) {
      if (!supertype.startsWith(JDK) && isTracked(types, supertype)) {
        return true;
      }
    }
    return false;
  }

  private boolean isTracked(TypeSource types, String name) throws IOException {
    Boolean known = trackedTypes.get(name);
    if (known == null) {
      known = isTracked(types, types.find(name));
      trackedTypes.put(name, known);
    }
    return known;
  }

  private boolean isTracked(TypeSource types, @Nullable ClassFile type) throws IOException {
    return type != null
        && (tracked.isAmong(type.typeAnnotations())
            || hasMetaAnnotation(types, type.typeAnnotations())
            || inheritsFromTracked(types, type));
  }
}
