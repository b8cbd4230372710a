package dev.autoskill.telemetry.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The benchmarks to run.
 *
 * @param effort for how long
 * @param sections the names of the sections, in the order in which they are known
 */
record Arguments(Effort effort, List<String> sections) {

  private static final String QUICK = "--quick";

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if a word is not known; the message says which are
   */
  static Arguments of(String[] words, Collection<String> known) {
    Effort effort = Effort.FULL;
    List<String> named = new ArrayList<>();
    for (String word : words) {
      if (word.equals(QUICK)) {
        effort = Effort.QUICK;
      } else if (known.contains(word)) {
        named.add(word);
      } else {
        throw new IllegalArgumentException(
            "unknown argument '%s'; known are %s and the sections %s"
                .formatted(word, QUICK, String.join(", ", known)));
      }
    }
    return new Arguments(
        effort, known.stream().filter(name -> named.isEmpty() || named.contains(name)).toList());
  }
}
