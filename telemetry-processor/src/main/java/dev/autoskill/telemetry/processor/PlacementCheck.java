package dev.autoskill.telemetry.processor;

import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** Finds the places where an annotation promises a record that no weaver can deliver. */
final class PlacementCheck {

  private final Warnings warnings;
  private final AttributeCheck attributes;

  PlacementCheck(Warnings warnings) {
    this.warnings = warnings;
    this.attributes = new AttributeCheck(warnings);
  }

  /** Looks at a type and the methods it declares, not at the types within it. */
  void look(TypeElement type) {
    boolean isMarked = TrackedMethods.isMarked(type);
    Mark.on(type).ifPresent(mark -> lookAtType(type, mark, isMarked));
    for (ExecutableElement method : TrackedMethods.ofType(type)) {
      Optional<Mark> mark = Mark.on(method);
      mark.ifPresent(present -> lookAtMethod(method, present, isMarked));
      if (TrackedMethods.isSuspending(method) && isMeantAsSkill(method, mark, isMarked)) {
        warnings.warn("suspend functions are not tracked: they return before they end", method);
      }
    }
  }

  private void lookAtType(TypeElement type, Mark mark, boolean isMarked) {
    lookAtAttributes(type, mark);
    if (isMarked && TrackedMethods.ofType(type).stream().noneMatch(TrackedMethods::isReachable)) {
      warnings.warn(
          "nothing is tracked here: "
              + type.getSimpleName()
              + " declares no public method that could be; annotate methods instead",
          type,
          mark.written());
    } else if (isMarked && isImplementedElsewhere(type)) {
      warnings.warn(
          "only default and static methods of "
              + type.getSimpleName()
              + " are tracked, not those of classes that implement it: annotate these as well",
          type,
          mark.written());
    }
  }

  private static boolean isImplementedElsewhere(TypeElement type) {
    return type.getKind().isInterface()
        && TrackedMethods.ofType(type).stream()
            .anyMatch(method -> method.getModifiers().contains(Modifier.ABSTRACT));
  }

  private void lookAtMethod(ExecutableElement method, Mark mark, boolean isTypeMarked) {
    lookAtAttributes(method, mark);
    if (mark.ignore()) {
      return;
    }
    if (method.getModifiers().contains(Modifier.NATIVE)) {
      warnings.warn("native methods are not tracked: annotate a caller", method, mark.written());
    } else if (method.getModifiers().contains(Modifier.ABSTRACT)
        && !(isTypeMarked && TrackedMethods.isReachable(method))) {
      warnings.warn(
          "abstract methods are not tracked: annotate what implements them",
          method,
          mark.written());
    }
  }

  /** Where an annotation of a team's own carries the attributes, they are looked at only there. */
  private void lookAtAttributes(Element element, Mark mark) {
    if (mark.isDirect()) {
      attributes.look(element, mark);
    }
  }

  private static boolean isMeantAsSkill(
      ExecutableElement method, Optional<Mark> mark, boolean isTypeMarked) {
    return mark.map(present -> !present.ignore())
        .orElse(isTypeMarked && TrackedMethods.isPublic(method));
  }
}
