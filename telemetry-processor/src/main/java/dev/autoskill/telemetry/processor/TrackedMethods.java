package dev.autoskill.telemetry.processor;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Tells which methods are skills, by the rules of the weaver as far as declarations show them. */
final class TrackedMethods {

  private TrackedMethods() {}

  /** Whether a method whose body stands in this type is recorded, once it is woven. */
  static boolean anyIn(TypeElement type) {
    boolean isMarked = isMarked(type) || inheritsMark(type);
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

  /** Whether the nearest superclass that hands an annotation down does not leave all out. */
  private static boolean inheritsMark(TypeElement type) {
    if (Mark.on(type).isPresent()) {
      return false; // Its own says otherwise.
    }
    TypeMirror above = type.getSuperclass();
    while (above instanceof DeclaredType superclass) {
      TypeElement element = (TypeElement) superclass.asElement();
      Optional<Mark> mark = Mark.inheritedFrom(element);
      if (mark.isPresent()) {
        return !mark.get().ignore();
      }
      above = element.getSuperclass();
    }
    return false;
  }
}
