package dev.autoskill.telemetry.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options and parameters that a command line gives.
 *
 * @param options the values of the options that were given; empty for one that takes none
 * @param parameters the parameters, in order
 */
record Arguments(Map<String, String> options, List<String> parameters) {

  boolean has(String option) {
    return options.containsKey(option);
  }

  /** The value of an option; null if it was not given. */
  @Nullable String find(String option) {
    return options.get(option);
  }

  /** A parameter; empty if it was not given. */
  String parameter(int index) {
    return index < parameters.size() ? parameters.get(index) : "";
  }
}
