package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.aspect.AnnotationFacts;
import dev.autoskill.telemetry.aspect.ClassFacts;
import dev.autoskill.telemetry.aspect.ClassFileReader;
import dev.autoskill.telemetry.aspect.MethodFacts;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/**
 * What of a class file decides whether the class may be woven, and how. Names are internal ones.
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

  /** The types that the class itself is annotated with. */
  Set<String> typeAnnotations() {
    Set<String> types = new TreeSet<>();
    add(declarations().annotations(), types);
    return types;
  }

  /** The types that the class and its methods are annotated with. */
  Set<String> annotationTypes() {
    ClassFacts declarations = declarations();
    Set<String> types = new TreeSet<>();
    add(declarations.annotations(), types);
    for (MethodFacts method : declarations.methods()) {
      add(method.annotations(), types);
    }
    return types;
  }

  private static void add(Collection<AnnotationFacts> annotations, Set<String> types) {
    for (AnnotationFacts annotation : annotations) {
      types.add(annotation.type().replace('.', '/'));
    }
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
