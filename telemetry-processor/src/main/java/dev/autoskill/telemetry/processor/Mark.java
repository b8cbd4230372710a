package dev.autoskill.telemetry.processor;

import java.lang.annotation.Inherited;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * The annotation that makes an element a skill: {@code @TrackedSkill} on it, or on an annotation
 * that stands on it.
 *
 * <p>The annotation is known by its name and not by its class, which may be another version's than
 * the one that is compiled against.
 *
 * @param skill the {@code @TrackedSkill}, whose attributes hold
 * @param written the annotation on the element itself: {@code skill}, or the one that carries it
 */
record Mark(AnnotationMirror skill, AnnotationMirror written) {

  static final String TRACKED_SKILL = "dev.autoskill.telemetry.annotations.TrackedSkill";

  private static final String IGNORE = "ignore";

  /** The element's own mark; nothing is inherited. Its own {@code @TrackedSkill} comes first. */
  static Optional<Mark> on(Element element) {
    return skillOn(element)
        .map(skill -> new Mark(skill, skill))
        .or(() -> element.getAnnotationMirrors().stream().flatMap(Mark::carriedBy).findFirst());
  }

  private static Stream<Mark> carriedBy(AnnotationMirror written) {
    return skillOn(written.getAnnotationType().asElement())
        .map(skill -> new Mark(skill, written))
        .stream();
  }

  /** The mark that a superclass hands down: its own, if its annotation is inherited. */
  static Optional<Mark> inheritedFrom(TypeElement superclass) {
    return on(superclass)
        .filter(
            mark ->
                mark.isDirect()
                    || mark.written().getAnnotationType().asElement().getAnnotation(Inherited.class)
                        != null);
  }

  private static Optional<AnnotationMirror> skillOn(Element element) {
    for (AnnotationMirror annotation : element.getAnnotationMirrors()) {
      TypeElement type = (TypeElement) annotation.getAnnotationType().asElement();
      if (type.getQualifiedName().contentEquals(TRACKED_SKILL)) {
        return Optional.of(annotation);
      }
    }
    return Optional.empty();
  }

  /** Whether the attributes stand here, and not at the declaration of another annotation. */
  boolean isDirect() {
    return skill == written;
  }

  /** Whether the mark leaves its method out. */
  boolean ignore() {
    AnnotationValue ignore = attributes().get(IGNORE);
    return ignore != null && Boolean.TRUE.equals(ignore.getValue());
  }

  /** Whether anything but {@code ignore} is given. */
  boolean saysMoreThanIgnore() {
    return attributes().keySet().stream().anyMatch(name -> !name.equals(IGNORE));
  }

  /** The attributes that are written down, by name; defaults are not among them. */
  Map<String, AnnotationValue> attributes() {
    return skill.getElementValues().entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                attribute -> attribute.getKey().getSimpleName().toString(), Map.Entry::getValue));
  }
}
