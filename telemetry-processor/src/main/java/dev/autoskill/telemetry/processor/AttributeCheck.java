package dev.autoskill.telemetry.processor;

import java.util.Set;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;

/** Finds attributes that contradict each other or that the running program could not follow. */
final class AttributeCheck {

  private final Warnings warnings;

  AttributeCheck(Warnings warnings) {
    this.warnings = warnings;
  }

  void look(Element element, Mark mark) {
    if (mark.ignore() && mark.saysMoreThanIgnore()) {
      warnings.warn("with ignore = true the other attributes mean nothing", element, mark.skill());
    }
    for (AnnotationValue value : mark.attributes().values()) {
      // The one kind of attribute that is a class, and not a list of them, is made an object of.
      if (value.getValue() instanceof DeclaredType named
          && !isInstantiable((TypeElement) named.asElement())) {
        warnings.warn(
            named
                + " cannot be instantiated: it needs to be a class with a public constructor"
                + " without parameters",
            element,
            mark.skill(),
            value);
      }
    }
  }

  private static boolean isInstantiable(TypeElement type) {
    Set<Modifier> modifiers = type.getModifiers();
    boolean isInner =
        type.getNestingKind() == NestingKind.MEMBER && !modifiers.contains(Modifier.STATIC);
    return (type.getKind() == ElementKind.CLASS || type.getKind() == ElementKind.RECORD)
        && !modifiers.contains(Modifier.ABSTRACT)
        && !isInner
        && ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
            .anyMatch(
                constructor ->
                    constructor.getParameters().isEmpty()
                        && constructor.getModifiers().contains(Modifier.PUBLIC));
  }
}
