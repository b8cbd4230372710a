package dev.autoskill.telemetry.privacy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where environment variables and system properties come from. All of the library asks here. */
@FunctionalInterface
public interface Environment {

  /**
   * The value of an environment variable.
   *
   * @param variable the variable's name
   * @return its value; null if it is not set
   */
  @Nullable String get(String variable);

  /**
   * The value of a system property.
   *
   * @param name the property's name
   * @return its value; null if it is not set
   */
  default @Nullable String property(String name) {
    return null;
  }

  /**
   * Whether a variable is set to anything but the empty string; {@code 0} and {@code false} count
   * as set.
   *
   * @param variable the variable's name
   * @return whether it has a value
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
    Path home = absolutePath(get("HOME"));
    if (home == null) {
      home = absolutePath(property("user.home"));
    }
    if (home == null) {
      return null;
    }
    for (String none : List.of("/nonexistent", "/homeless-shelter", "/dev/null", "/var/empty")) {
      if (home.startsWith(none)) {
        return null;
      }
    }
    return home;
  }

  private static @Nullable Path absolutePath(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      Path path = Path.of(text);
      return path.isAbsolute() ? path : null;
    } catch (InvalidPathException e) {
      return null; // for example a letter that the locale's encoding does not have
    }
  }

  /**
   * The variables and properties of this process.
   *
   * @return the environment
   */
  static Environment ofProcess() {
    // No lambdas: every woven program passes here, and the first one of a JVM is dear.
    return new Environment() {
      @Override
      public @Nullable String get(String variable) {
        return System.getenv(variable);
      }

      @Override
      public @Nullable String property(String name) {
        return System.getProperty(name);
      }
    };
  }

  /**
   * A fixed environment without properties.
   *
   * @param variables names and values; not copied
   * @return the environment
   */
  static Environment of(Map<String, String> variables) {
    return variables::get;
  }

  /**
   * A fixed environment.
   *
   * @param variables names and values of the variables; not copied
   * @param properties names and values of the properties; not copied
   * @return the environment
   */
  static Environment of(Map<String, String> variables, Map<String, String> properties) {
    return of(variables::get, properties::get);
  }

  private static Environment of(
      Function<String, @Nullable String> variables, Function<String, @Nullable String> properties) {
    return new Environment() {
      @Override
      public @Nullable String get(String variable) {
        return variables.apply(variable);
      }

      @Override
      public @Nullable String property(String name) {
        return properties.apply(name);
      }
    };
  }
}
