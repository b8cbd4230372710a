package dev.autoskill.telemetry.aspect;

import java.lang.invoke.MethodType;

/** Compares the descriptors of class files with the types that AspectJ has loaded for them. */
final class Descriptors {

  /** AspectJ takes it for a type that is missing. */
  private static final Class<?> MISSING = ClassNotFoundException.class;

  private Descriptors() {}

  static String of(Class<?>[] parameters, Class<?> returnType) {
    return MethodType.methodType(returnType, parameters).toMethodDescriptorString();
  }

  /** Whether these may be the parameters of a descriptor: each is of that type, or missing. */
  static boolean match(String descriptors, Class<?>[] parameters) {
    int position = 0;
    for (Class<?> parameter : parameters) {
      int end = end(descriptors, position);
      if (end > descriptors.length()
          || (parameter != MISSING
              && !parameter.descriptorString().equals(descriptors.substring(position, end)))) {
        return false;
      }
      position = end;
    }
    return position == descriptors.length();
  }

  /** Where the type that starts at a position ends; beyond the end if none starts there. */
  private static int end(String descriptors, int start) {
    int position = start;
    while (position < descriptors.length() && descriptors.charAt(position) == '[') {
      position++;
    }
    boolean isClass = position < descriptors.length() && descriptors.charAt(position) == 'L';
    return isClass ? descriptors.indexOf(';', position) + 1 : position + 1;
  }
}
