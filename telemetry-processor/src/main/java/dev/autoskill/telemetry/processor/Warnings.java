package dev.autoskill.telemetry.processor;

import java.util.Arrays;
import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/**
 * Prints warnings, unless the source says otherwise, each with how to silence it: where warnings
 * fail the build, that is the next thing one wants to know.
 *
 * <p>Plain warnings and not mandatory ones, so that {@code -nowarn} holds for them too.
 */
final class Warnings {

  private static final String TOKEN = "autoskill-telemetry";

  private static final String ADVICE =
      " (to silence this: @SuppressWarnings(\"%s\") or -A%s=false)"
          .formatted(TOKEN, TrackedSkillProcessor.WARNINGS);

  private final Messager messager;

  Warnings(Messager messager) {
    this.messager = messager;
  }

  void warn(String text, Element element) {
    if (!isSuppressed(element)) {
      messager.printMessage(Diagnostic.Kind.WARNING, text + ADVICE, element);
    }
  }

  void warn(String text, Element element, AnnotationMirror annotation) {
    if (!isSuppressed(element)) {
      messager.printMessage(Diagnostic.Kind.WARNING, text + ADVICE, element, annotation);
    }
  }

  void warn(String text, Element element, AnnotationMirror annotation, AnnotationValue value) {
    if (!isSuppressed(element)) {
      messager.printMessage(Diagnostic.Kind.WARNING, text + ADVICE, element, annotation, value);
    }
  }

  private static boolean isSuppressed(Element element) {
    for (Element at = element; at != null; at = at.getEnclosingElement()) {
      SuppressWarnings suppressed = at.getAnnotation(SuppressWarnings.class);
      if (suppressed != null && Arrays.asList(suppressed.value()).contains(TOKEN)) {
        return true;
      }
    }
    return false;
  }
}
