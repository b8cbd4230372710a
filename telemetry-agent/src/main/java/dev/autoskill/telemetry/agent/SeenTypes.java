package dev.autoskill.telemetry.agent;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The types besides a class that weaving it depends on, each with the facts that count: its
 * modifiers, its superclass and its annotations.
 */
final class SeenTypes {

  private final ClassLoader loader;
  private final Map<String, String> facts = new TreeMap<>();

  SeenTypes(ClassLoader loader) {
    this.loader = loader;
  }

  /** Finds a type, and notes it, even if it is missing, since it may be there next time. */
  @Nullable ClassFile find(String internalName) throws IOException {
    ClassFile type = ClassFile.find(loader, internalName);
    // The runtime's version is part of the key.
    if (!internalName.startsWith("java/")) {
      facts.put(internalName, factsOf(type));
    }
    return type;
  }

  /** Notes the types by which pointcuts match: annotations, and superclasses with theirs. */
  void addMatched(ClassFile type) throws IOException {
    addAnnotations(type.annotationTypes());
    String superclass = type.superclass();
    while (superclass != null && !Candidates.areNoneIn(superclass)) {
      ClassFile next = find(superclass);
      if (next == null) {
        return;
      }
      addAnnotations(next.typeAnnotations());
      superclass = next.superclass();
    }
  }

  private void addAnnotations(Set<String> annotations) throws IOException {
    for (String annotation : annotations) {
      if (!Candidates.areNoneIn(annotation) && !facts.containsKey(annotation)) {
        find(annotation);
      }
    }
  }

  /** By name, sorted. */
  Map<String, String> facts() {
    return facts;
  }

  /** Whether all types that were seen when a class was woven are now as they were. */
  static boolean areStill(Map<String, String> facts, ClassLoader loader) throws IOException {
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      if (!fact.getValue().equals(factsOf(ClassFile.find(loader, fact.getKey())))) {
        return false;
      }
    }
    return true;
  }

  private static String factsOf(@Nullable ClassFile type) {
    return type == null
        ? ""
        : type.accessFlags() + " " + type.superclass() + " " + type.typeAnnotations();
  }
}
