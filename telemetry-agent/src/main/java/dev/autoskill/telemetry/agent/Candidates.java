package dev.autoskill.telemetry.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells which classes of one class loader the ready-made aspects could have something to do with:
 * some too many, but none too few.
 *
 * <p>Safe for use by any number of threads.
 */
final class Candidates {

  /** In the names of the attributes that hold annotations, visible and invisible ones. */
  private static final String ANNOTATIONS = "isibleAnnotations";

  /** The annotations that the aspects look for, by internal name. */
  private final List<String> sought;

  /** Answers for annotation types, most of which are asked for again. */
  private final Map<String, Boolean> metaAnnotated = new ConcurrentHashMap<>();

  /** Answers for superclasses, likewise. */
  private final Map<String, Boolean> annotatedTypes = new ConcurrentHashMap<>();

  Candidates(List<String> sought) {
    this.sought = sought;
  }

  /**
   * Whether a class mentions one of the annotations, has an annotation that carries one, or
   * inherits from a class of which this holds.
   */
  boolean include(ClassLoader loader, ClassFile type) throws IOException {
    // Each class of a program passes here, and the JDK searches a string faster than any parser.
    String text = new String(type.bytes(), StandardCharsets.ISO_8859_1);
    for (String annotation : sought) {
      if (text.contains(annotation)) {
        return true;
      }
    }
    return (text.contains(ANNOTATIONS) && areMetaAnnotated(loader, type.annotationTypes()))
        || inherits(loader, type);
  }

  private boolean areMetaAnnotated(ClassLoader loader, Iterable<String> annotationTypes)
      throws IOException {
    for (String annotationType : annotationTypes) {
      if (!KnownLibraries.include(annotationType) && isMetaAnnotated(loader, annotationType)) {
        return true;
      }
    }
    return false;
  }

  private boolean isMetaAnnotated(ClassLoader loader, String annotationType) throws IOException {
    Boolean known = metaAnnotated.get(annotationType);
    if (known == null) {
      ClassFile file = ClassFile.find(loader, annotationType);
      known = file != null && areSought(file.typeAnnotations());
      metaAnnotated.put(annotationType, known);
    }
    return known;
  }

  private boolean inherits(ClassLoader loader, ClassFile type) throws IOException {
    String superclass = type.superclass();
    return superclass != null
        && !KnownLibraries.include(superclass)
        && isAnnotated(loader, superclass);
  }

  private boolean isAnnotated(ClassLoader loader, String name) throws IOException {
    Boolean known = annotatedTypes.get(name);
    if (known == null) {
      known = isAnnotated(loader, ClassFile.find(loader, name));
      annotatedTypes.put(name, known);
    }
    return known;
  }

  private boolean isAnnotated(ClassLoader loader, @Nullable ClassFile type) throws IOException {
    if (type == null) {
      return false;
    }
    Collection<String> annotations = type.typeAnnotations();
    return areSought(annotations)
        || areMetaAnnotated(loader, annotations)
        || inherits(loader, type);
  }

  private boolean areSought(Collection<String> annotationTypes) {
    for (String annotation : sought) {
      if (annotationTypes.contains(annotation)) {
        return true;
      }
    }
    return false;
  }
}
