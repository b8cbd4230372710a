package dev.autoskill.telemetry.outcome;

import org.jspecify.annotations.Nullable;

/** Looks for a type of a library that may be missing: by its name, among those a class has. */
final class SuperTypes {

  private SuperTypes() {}

  /** The type of that name that a class is, extends or implements; null if there is none. */
  static @Nullable Class<?> find(Class<?> type, String name) {
    for (Class<?> current = type; current != null; current = current.getSuperclass()) {
      if (current.getName().equals(name)) {
        return current;
      }
      for (Class<?> implemented : current.getInterfaces()) {
        Class<?> found = find(implemented, name);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
