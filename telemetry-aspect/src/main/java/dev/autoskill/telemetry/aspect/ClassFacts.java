package dev.autoskill.telemetry.aspect;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A class, as its class file has it: reading it loads none of the types that it mentions, so they
 * may be missing. Public for the agent; internal.
 *
 * @param name its binary name
 * @param access its access flags
 * @param superclass the binary name of its superclass; null if it has none
 * @param annotations those of the class itself
 * @param fields descriptors by name
 * @param methods in the order of the class file
 */
public record ClassFacts(
    String name,
    int access,
    @Nullable String superclass,
    List<AnnotationFacts> annotations,
    Map<String, String> fields,
    List<MethodFacts> methods) {

  private static final int ENUM = 0x4000;

  boolean isEnum() {
    return (access & ENUM) != 0;
  }

  boolean isAnnotated(String type) {
    return annotations.stream().anyMatch(annotation -> annotation.type().equals(type));
  }

  @Nullable MethodFacts method(String methodName, String descriptor) {
    return methods.stream()
        .filter(each -> each.name().equals(methodName) && each.descriptor().equals(descriptor))
        .findFirst()
        .orElse(null);
  }

  /**
   * A method, as its class file has it.
   *
   * @param name its name, which Kotlin may have mangled
   * @param descriptor its parameters and its return type
   * @param access its access flags
   * @param returnsTypeVariable whether its declared return type is a type variable
   * @param isDelegated whether Kotlin made it of {@code by}: it calls an object that implements it
   * @param annotations those that the class file keeps, also if reflection does not see them
   */
  public record MethodFacts(
      String name,
      String descriptor,
      int access,
      boolean returnsTypeVariable,
      boolean isDelegated,
      List<AnnotationFacts> annotations) {

    private static final int BRIDGE = 0x0040;
    private static final int SYNTHETIC = 0x1000;

    boolean isPublic() {
      return Modifier.isPublic(access);
    }

    boolean isStatic() {
      return Modifier.isStatic(access);
    }

    boolean hasBody() {
      return (access & (Modifier.ABSTRACT | Modifier.NATIVE)) == 0;
    }

    boolean isMadeByCompiler() {
      return (access & (BRIDGE | SYNTHETIC)) != 0;
    }

    /** The descriptors of its parameters, joined. */
    String parameters() {
      return descriptor.substring(1, descriptor.indexOf(')'));
    }

    String returnType() {
      return descriptor.substring(descriptor.indexOf(')') + 1);
    }

    boolean isAnnotated(String type) {
      return annotations.stream().anyMatch(annotation -> annotation.type().equals(type));
    }
  }

  /**
   * An annotation, as a class file has it. Its type need not be there.
   *
   * @param type the binary name of its type
   * @param values its elements' values, but for those left out: strings, boxed primitives, binary
   *     names of classes, and lists of these; nested annotations and enum constants are not
   *     included
   */
  public record AnnotationFacts(String type, Map<String, Object> values) {

    /** A string or a class; the empty text if it is left out. */
    String text(String element) {
      return values.get(element) instanceof String text ? text : "";
    }

    boolean isTrue(String element) {
      return Boolean.TRUE.equals(values.get(element));
    }

    List<String> texts(String element) {
      return values.get(element) instanceof List<?> list
          ? list.stream().map(String::valueOf).toList()
          : List.of();
    }
  }
}
