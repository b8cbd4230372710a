package dev.autoskill.telemetry.processor;

import java.util.Arrays;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;

/**
 * Warns of places where an annotation promises a record that no weaver can deliver, and of
 * attributes that contradict each other or that the running program could not follow.
 *
 * <p>Each warning says how to silence it: where warnings fail the build, that is the next thing one
 * wants to know. They are plain warnings and not mandatory ones, so that {@code -nowarn} holds.
 */
final class PlacementCheck {

  private static final String TOKEN = "autoskill-telemetry";

  private static final String ADVICE =
      " (to silence this: @SuppressWarnings(\"%s\") or -A%s=false)"
          .formatted(TOKEN, TrackedSkillProcessor.WARNINGS);

  private final Messager messager;

  PlacementCheck(Messager messager) {
    this.messager = messager;
  }

  /** Looks at a type and the methods it declares, not at the types within it. */
  void look(TypeElement type) {
    boolean isMarked = TrackedMethods.isMarked(type);
    Mark.on(type).ifPresent(mark -> lookAtType(type, mark, isMarked));
    for (ExecutableElement method : TrackedMethods.ofType(type)) {
      Mark.on(method).ifPresent(mark -> lookAtMethod(method, mark, isMarked));
    }
  }

  private void lookAtType(TypeElement type, Mark mark, boolean isMarked) {
    lookAtAttributes(type, mark);
    if (isMarked && TrackedMethods.ofType(type).stream().noneMatch(TrackedMethods::isReachable)) {
      String text = " declares no public method that could be; annotate methods instead";
      warn("nothing is tracked here: " + type.getSimpleName() + text, type, mark.written(), null);
    } else if (isMarked && isImplementedElsewhere(type)) {
      String start = "only default and static methods of " + type.getSimpleName();
      String end = " are tracked, not those of classes that implement it: annotate these as well";
      warn(start + end, type, mark.written(), null);
    }
  }

  private static boolean isImplementedElsewhere(TypeElement type) {
    return type.getKind().isInterface()
        && TrackedMethods.ofType(type).stream()
            .anyMatch(method -> method.getModifiers().contains(Modifier.ABSTRACT));
  }

  private void lookAtMethod(ExecutableElement method, Mark mark, boolean isTypeMarked) {
    lookAtAttributes(method, mark);
    Set<Modifier> modifiers = method.getModifiers();
    if (mark.ignore()) {
      return;
    }
    if (modifiers.contains(Modifier.NATIVE)) {
      warn("native methods are not tracked: annotate a caller", method, mark.written(), null);
    } else if (modifiers.contains(Modifier.ABSTRACT)
        && !(isTypeMarked && TrackedMethods.isReachable(method))) {
      String text = "abstract methods are not tracked: annotate what implements them";
      warn(text, method, mark.written(), null);
    }
  }

  /** Where an annotation of a team's own carries the attributes, they are looked at only there. */
  private void lookAtAttributes(Element element, Mark mark) {
    if (!mark.isDirect()) {
      return;
    }
    if (mark.ignore() && mark.saysMoreThanIgnore()) {
      warn("with ignore = true the other attributes mean nothing", element, mark.skill(), null);
    }
    for (AnnotationValue value : mark.attributes().values()) {
      // The one kind of attribute that is a class, and not a list of them, is made an object of.
      if (value.getValue() instanceof DeclaredType named
          && !isInstantiable((TypeElement) named.asElement())) {
        String text = " cannot be instantiated: it needs to be a class with a public constructor";
        warn(named + text + " without parameters", element, mark.skill(), value);
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

  /** Warns, unless the source says otherwise. Annotation and value narrow the place; null: none. */
  private void warn(
      String text, Element element, AnnotationMirror annotation, AnnotationValue value) {
    for (Element at = element; at != null; at = at.getEnclosingElement()) {
      SuppressWarnings suppressed = at.getAnnotation(SuppressWarnings.class);
      if (suppressed != null && Arrays.asList(suppressed.value()).contains(TOKEN)) {
        return;
      }
    }
    messager.printMessage(Diagnostic.Kind.WARNING, text + ADVICE, element, annotation, value);
  }
}
