package dev.autoskill.telemetry.aspect;

/**
 * Tells the accessors of a class: methods that are named like a field, with or without {@code get},
 * {@code is}, {@code set} or {@code with}, and that take or return just its type. Records, Kotlin,
 * Scala and Lombok make them.
 */
final class Accessors {

  private Accessors() {}

  static boolean include(ClassFacts type, MethodFacts method) {
    String parameters = method.parameters();
    if (parameters.isEmpty()) {
      return isLazy(type, method.name())
          || isNamedLikeField(type, method.name(), method.returnType(), "get", "is");
    }
    return isNamedLikeField(type, method.name(), parameters, "set", "with");
  }

  /** A lazy value of Scala's, which is in a field of this name and a number, or has a method so. */
  private static boolean isLazy(ClassFacts type, String name) {
    String start = name + "$lzy";
    return type.fields().keySet().stream().anyMatch(field -> field.startsWith(start))
        || type.methods().stream().anyMatch(method -> method.name().startsWith(start));
  }

  private static boolean isNamedLikeField(
      ClassFacts type, String name, String descriptor, String... prefixes) {
    if (descriptor.equals(type.fields().get(name))) {
      return true;
    }
    for (String prefix : prefixes) {
      if (name.startsWith(prefix) && name.length() > prefix.length()) {
        String property = name.substring(prefix.length());
        if (descriptor.equals(type.fields().get(property))
            || descriptor.equals(type.fields().get(decapitalized(property)))
            || descriptor.equals(type.fields().get("is" + property))) {
          return true;
        }
      }
    }
    return false;
  }

  private static String decapitalized(String text) {
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
