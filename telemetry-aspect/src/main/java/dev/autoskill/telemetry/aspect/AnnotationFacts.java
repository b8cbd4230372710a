package dev.autoskill.telemetry.aspect;

import java.util.List;
import java.util.Map;

/**
 * An annotation, as a class file has it. Its type need not be there.
 *
 * @param type the binary name of its type
 * @param values its elements' values, but for those left out: strings, boxed primitives, binary
 *     names of classes, and lists of these; nested annotations and enum constants are not included
 */
public record AnnotationFacts(String type, Map<String, Object> values) {

  /** Copies the values, so that they cannot change. */
  public AnnotationFacts {
    values = Map.copyOf(values);
  }

  /** A string or a class; the empty text if it is left out. */
  String text(String element) {
    return values.get(element) instanceof String text ? text : "";
  }

  boolean isTrue(String element) {
    return Boolean.TRUE.equals(values.get(element));
  }

  List<String> texts(String element) {
    return values.get(element) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }
}
