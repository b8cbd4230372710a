package dev.autoskill.telemetry.privacy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where environment variables come from. All of the library reads them here. */
@FunctionalInterface
public interface Environment {

  /**
   * The value of a variable.
   *
   * @param variable the variable's name
   * @return its value; null if it is not set
   */
  @Nullable String get(String variable);

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
   * The variables of this process.
   *
   * @return the environment
   */
  static Environment ofProcess() {
    return System::getenv;
  }

  /**
   * A fixed environment.
   *
   * @param variables names and values; not copied
   * @return the environment
   */
  static Environment of(Map<String, String> variables) {
    return variables::get;
  }
}
