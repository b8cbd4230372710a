package dev.autoskill.telemetry.aspect;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The names under which other frameworks offer a method to a model as a tool. The frameworks'
 * annotations go by their names, so none of them has to be there.
 */
final class ToolNames {

  private ToolNames() {}

  /** The tool's name; null if the method is no tool of these frameworks. */
  static @Nullable String of(Method method) {
    for (Annotation annotation : method.getAnnotations()) {
      if (ToolAnnotations.NAMES.contains(annotation.annotationType().getName())) {
        String name = nameOf(annotation);
        return name.isBlank() ? method.getName() : name;
      }
    }
    return null;
  }

  private static String nameOf(Annotation annotation) {
    try {
      return String.valueOf(annotation.annotationType().getMethod("name").invoke(annotation));
    } catch (ReflectiveOperationException e) {
      // A version of the framework that names its tools otherwise.
      return "";
    }
  }
}
