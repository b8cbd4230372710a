package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.aspect.ClassFacts;
import dev.autoskill.telemetry.aspect.ClassFacts.AnnotationFacts;
import dev.autoskill.telemetry.aspect.ClassFileReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/**
 * The parts of a class file that decide whether the class may be woven, and how. Names are internal
 * ones.
 *
 * @param bytes the class file
 * @param reader finds its parts
 */
record ClassFile(byte[] bytes, ClassReader reader) {

  /**
   * Reads a class file.
   *
   * @throws RuntimeException if it makes no sense, or is newer than the reader
   */
  static ClassFile of(byte[] bytes) {
    return new ClassFile(bytes, new ClassReader(bytes));
  }

  /** The class's file as its loader sees it; null if it sees none. No class is loaded. */
  static @Nullable ClassFile find(ClassLoader loader, String internalName) throws IOException {
    try (InputStream in = loader.getResourceAsStream(internalName.concat(".class"))) {
      return in == null ? null : of(in.readAllBytes());
    }
  }

  String name() {
    return reader.getClassName();
  }

  int accessFlags() {
    return reader.getAccess();
  }

  /** The superclass; null if there is none. */
  @Nullable String superclass() {
    return reader.getSuperName();
  }

  /** The types that the class itself is annotated with, sorted. */
  Set<String> typeAnnotations() {
    return names(declarations().annotations().stream());
  }

  /** The types that the class and its methods are annotated with, sorted. */
  Set<String> annotationTypes() {
    ClassFacts declarations = declarations();
    return names(
        Stream.concat(
            declarations.annotations().stream(),
            declarations.methods().stream().flatMap(method -> method.annotations().stream())));
  }

  private static Set<String> names(Stream<AnnotationFacts> annotations) {
    return annotations
        .map(annotation -> annotation.type().replace('.', '/'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** How many skills the class has at most, whatever annotations count. */
  int mostSkills() {
    ClassFacts declarations = declarations();
    boolean isOfAnnotatedType =
        !declarations.annotations().isEmpty() || !"java/lang/Object".equals(superclass());
    return (int)
        declarations.methods().stream()
            .filter(method -> isOfAnnotatedType || !method.annotations().isEmpty())
            .count();
  }

  private ClassFacts declarations() {
    return ClassFileReader.readDeclarations(bytes);
  }
}
