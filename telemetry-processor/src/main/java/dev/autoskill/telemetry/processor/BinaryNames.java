package dev.autoskill.telemetry.processor;

import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Finds a type by its name in the class file, {@code a.Outer$Inner}. */
final class BinaryNames {

  private final Elements elements;

  BinaryNames(Elements elements) {
    this.elements = elements;
  }

  /**
   * A {@code $} may also be a part of a name, so each is tried as the end of the outermost type.
   */
  Optional<TypeElement> find(String binaryName) {
    for (int end = binaryName.length(); end > 0; end = binaryName.lastIndexOf('$', end - 1)) {
      TypeElement outermost = elements.getTypeElement(binaryName.substring(0, end));
      if (outermost != null) {
        Optional<TypeElement> found = findWithin(outermost, binaryName);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<TypeElement> findWithin(TypeElement type, String binaryName) {
    if (elements.getBinaryName(type).contentEquals(binaryName)) {
      return Optional.of(type);
    }
    return ElementFilter.typesIn(type.getEnclosedElements()).stream()
        .flatMap(nested -> findWithin(nested, binaryName).stream())
        .findFirst();
  }
}
