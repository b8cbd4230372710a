package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.aspect.Declarations;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;

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
    return names(Declarations.annotations(declarations()).stream());
  }

  /** The types that the class and its methods are annotated with, sorted. */
  Set<String> annotationTypes() {
    ClassNode type = declarations();
    return names(
        Stream.concat(
            Declarations.annotations(type).stream(),
            type.methods.stream().flatMap(method -> Declarations.annotations(method).stream())));
  }

  private static Set<String> names(Stream<AnnotationNode> annotations) {
    return annotations.map(Declarations::type).collect(Collectors.toCollection(TreeSet::new));
  }

  /** How many skills the class has at most, whatever annotations count. */
  int mostSkills() {
    ClassNode type = declarations();
    boolean isOfAnnotatedType =
        !Declarations.annotations(type).isEmpty() || !"java/lang/Object".equals(superclass());
    return (int)
        type.methods.stream()
            .filter(method -> isOfAnnotatedType || !Declarations.annotations(method).isEmpty())
            .count();
  }

  private ClassNode declarations() {
    ClassNode declarations = new ClassNode();
    reader.accept(
        declarations, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return declarations;
  }
}
