package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.event.TextResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells which classes of one class loader the ready-made aspects could have something to do with:
 * some too many, but none too few.
 *
 * <p>Safe for use by any number of threads.
 */
final class Candidates {

  /** How many names of packages tell a library. */
  private static final int MOST_NAMES = 3;

  /**
   * Libraries that many programs have and that hold no skills. To look at their classes, and at the
   * supertypes and annotations of those, would take most of the agent's time at a start.
   */
  private static final Set<String> PACKAGES =
      Set.of(TextResource.read(Candidates.class, "libraries.txt").split("\n"));

  /** In the names of the attributes that hold annotations, visible and invisible ones. */
  private static final String ANNOTATIONS = "isibleAnnotations";

  /** The annotations that the aspects look for, by internal name. */
  private final List<String> sought;

  /** Answers for annotation types and for superclasses, most of which are asked for again. */
  private final Map<String, Boolean> metaAnnotated = new ConcurrentHashMap<>();

  private final Map<String, Boolean> annotatedTypes = new ConcurrentHashMap<>();

  Candidates(List<String> sought) {
    this.sought = sought;
  }

  /** Whether a class is of a library that holds no skills, or of the JDK. */
  static boolean areNoneIn(String internalName) {
    int end = internalName.indexOf('/');
    for (int i = 0; i < MOST_NAMES && end > 0; i++) {
      if (PACKAGES.contains(internalName.substring(0, end))) {
        return true;
      }
      end = internalName.indexOf('/', end + 1);
    }
    return false;
  }

  /**
   * Whether a class mentions one of the annotations, has an annotation that carries one, or
   * inherits from a class of which this holds.
   */
  boolean include(ClassLoader loader, ClassFile type) throws IOException {
    // Each class of a program passes here, and the JDK searches a string faster than any parser.
    String text = new String(type.bytes(), StandardCharsets.ISO_8859_1);
    return sought.stream().anyMatch(text::contains)
        || (text.contains(ANNOTATIONS) && areMetaAnnotated(loader, type.annotationTypes()))
        || inherits(loader, type);
  }

  private boolean areMetaAnnotated(ClassLoader loader, Collection<String> annotationTypes)
      throws IOException {
    for (String annotationType : annotationTypes) {
      if (!areNoneIn(annotationType) && isMetaAnnotated(loader, annotationType)) {
        return true;
      }
    }
    return false;
  }

  private boolean isMetaAnnotated(ClassLoader loader, String annotationType) throws IOException {
    Boolean known = metaAnnotated.get(annotationType);
    if (known == null) {
      ClassFile file = ClassFile.find(loader, annotationType);
      known = file != null && !Collections.disjoint(sought, file.typeAnnotations());
      metaAnnotated.put(annotationType, known);
    }
    return known;
  }

  private boolean inherits(ClassLoader loader, ClassFile type) throws IOException {
    String superclass = type.superclass();
    return superclass != null && !areNoneIn(superclass) && isAnnotated(loader, superclass);
  }

  private boolean isAnnotated(ClassLoader loader, String name) throws IOException {
    Boolean known = annotatedTypes.get(name);
    if (known == null) {
      ClassFile file = ClassFile.find(loader, name);
      known =
          file != null
              && (!Collections.disjoint(sought, file.typeAnnotations())
                  || areMetaAnnotated(loader, file.typeAnnotations())
                  || inherits(loader, file));
      annotatedTypes.put(name, known);
    }
    return known;
  }
}
