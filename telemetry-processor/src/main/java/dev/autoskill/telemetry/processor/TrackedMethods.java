package dev.autoskill.telemetry.processor;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Tells which methods are skills, by the rules of the weaver as far as declarations show them. */
final class TrackedMethods {

  private TrackedMethods() {}

  /** Whether a method whose body stands in this type is recorded, once it is woven. */
  static boolean anyIn(TypeElement type, Elements elements) {
    // Its own mark comes before those that superclasses hand down.
    Optional<Mark> mark =
        Mark.on(type).or(() -> Mark.among(elements.getAllAnnotationMirrors(type)));
    boolean isMarked = mark.filter(any -> !any.ignore()).isPresent();
    return ofType(type).stream()
        .filter(TrackedMethods::hasBody)
        .anyMatch(any -> Mark.on(any).map(own -> !own.ignore()).orElse(isMarked && isPublic(any)));
  }

  static List<ExecutableElement> ofType(TypeElement type) {
    return ElementFilter.methodsIn(type.getEnclosedElements());
  }

  /** Whether a type's annotation stands for its public methods. */
  static boolean isMarked(TypeElement type) {
    return type.getKind() != ElementKind.ANNOTATION_TYPE
        && Mark.on(type).filter(mark -> !mark.ignore()).isPresent();
  }

  /**
   * Whether a type's annotation can reach a method of that type: of an interface only those with a
   * body, of a class also those that a subclass will give one.
   */
  static boolean isReachable(ExecutableElement method) {
    return isPublic(method)
        && !method.getModifiers().contains(Modifier.NATIVE)
        && (hasBody(method) || !method.getEnclosingElement().getKind().isInterface())
        && Mark.on(method).filter(Mark::ignore).isEmpty();
  }

  static boolean isPublic(ExecutableElement method) {
    return method.getModifiers().contains(Modifier.PUBLIC);
  }

  static boolean hasBody(ExecutableElement method) {
    return !method.getModifiers().contains(Modifier.ABSTRACT)
        && !method.getModifiers().contains(Modifier.NATIVE);
  }
}
