package dev.autoskill.telemetry.aspect;

import java.lang.reflect.Modifier;
import java.util.List;

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
