package dev.autoskill.telemetry.privacy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The environment variables and system properties. All of the library reads them here. */
@FunctionalInterface
public interface Environment {

  /**
   * {@return the value of an environment variable; null if it is not set}
   *
   * @param variable the variable's name
   */
  @Nullable String get(String variable);

  /**
   * {@return the value of a system property; null if it is not set}
   *
   * @param name the property's name
   */
  default @Nullable String property(String name) {
    return null;
  }

  /**
   * {@return whether a variable is set to anything but the empty string, also to {@code 0} or
   * {@code false}}
   *
   * @param variable the variable's name
   */
  default boolean has(String variable) {
    String value = get(variable);
    return value != null && !value.isEmpty();
  }

  /**
   * The user's home directory: {@code $HOME} where it is set to an absolute path, else the system
   * property {@code user.home}. Node and Python follow the same order.
   *
   * @return the directory, absolute; null if there is none, which is also the meaning of paths such
   *     as {@code ?} and {@code /nonexistent}, the homes of accounts that have none
   */
  default @Nullable Path home() {
    Path named = absolutePath(get("HOME"));
    Path home = named == null ? absolutePath(property("user.home")) : named;
    for (String none : List.of("/nonexistent", "/homeless-shelter", "/dev/null", "/var/empty")) {
      if (home != null && home.startsWith(none)) {
        return null;
      }
    }
    return home;
  }

  /**
   * {@return the absolute path that a text is; null if it is none}
   *
   * @param text the value of a variable or property; null if it is not set
   */
  static @Nullable Path absolutePath(@Nullable String text) {
    try {
      Path path = Path.of(text == null ? "" : text);
      return path.isAbsolute() ? path : null;
    } catch (InvalidPathException e) {
      return null; // for example a letter that the locale's encoding does not have
    }
  }

  /** {@return the variables and properties of this process} */
  static Environment ofProcess() {
    return new ProcessEnvironment();
  }

  /**
   * {@return a fixed environment without properties}
   *
   * @param variables names and values; not copied
   */
  static Environment of(Map<String, String> variables) {
    return variables::get;
  }

  /**
   * {@return a fixed environment}
   *
   * @param variables names and values of the variables; not copied
   * @param properties names and values of the properties; not copied
   */
  static Environment of(Map<String, String> variables, Map<String, String> properties) {
    return new Environment() {
      @Override
      public @Nullable String get(String variable) {
        return variables.get(variable);
      }

      @Override
      public @Nullable String property(String name) {
        return properties.get(name);
      }
    };
  }
}
