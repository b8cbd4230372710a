package dev.autoskill.telemetry.aspect;

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
    for (MethodFacts method : methods) {
      if (method.name().equals(methodName) && method.descriptor().equals(descriptor)) {
        return method;
      }
    }
    return null;
  }
}
