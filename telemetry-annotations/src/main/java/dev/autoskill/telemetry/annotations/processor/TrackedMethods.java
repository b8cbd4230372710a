package dev.autoskill.telemetry.annotations.processor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Tells which methods are skills, by the rules of the weaver as far as declarations show them. */
final class TrackedMethods {

  private static final String CONTINUATION = "kotlin.coroutines.Continuation";

  private final Elements elements;
  private final Types types;

  TrackedMethods(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
  }

  /** Whether a method whose body stands in this type is recorded, once it is woven. */
  boolean anyIn(TypeElement type) {
    boolean isMarked = isMarked(type);
    List<TypeElement> markedSupertypes = markedSupertypes(type);
    for (ExecutableElement method : ofType(type)) {
      Optional<Mark> own = Mark.on(method);
      boolean isSkill =
          own.isPresent()
              ? !own.get().ignore()
              : isPublic(method) && (isMarked || implementsAny(method, type, markedSupertypes));
      if (isSkill && hasBody(method) && !isSuspending(method)) {
        return true;
      }
    }
    return false;
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
   * Whether a type's annotation can reach a method of that type, here or where it is overridden.
   */
  static boolean isReachable(ExecutableElement method) {
    return isPublic(method)
        && !method.getModifiers().contains(Modifier.NATIVE)
        && Mark.on(method).filter(Mark::ignore).isEmpty();
  }

  static boolean isPublic(ExecutableElement method) {
    return method.getModifiers().contains(Modifier.PUBLIC);
  }

  /** Whether Kotlin made this of a {@code suspend fun}, which returns long before it has ended. */
  static boolean isSuspending(ExecutableElement method) {
    List<? extends VariableElement> parameters = method.getParameters();
    return !parameters.isEmpty()
        && parameters.get(parameters.size() - 1).asType() instanceof DeclaredType last
        && ((TypeElement) last.asElement()).getQualifiedName().contentEquals(CONTINUATION);
  }

  private static boolean hasBody(ExecutableElement method) {
    return !method.getModifiers().contains(Modifier.ABSTRACT)
        && !method.getModifiers().contains(Modifier.NATIVE);
  }

  private boolean implementsAny(
      ExecutableElement method, TypeElement owner, List<TypeElement> markedSupertypes) {
    return markedSupertypes.stream()
        .flatMap(supertype -> ofType(supertype).stream())
        .anyMatch(above -> isReachable(above) && elements.overrides(method, above, owner));
  }

  private List<TypeElement> markedSupertypes(TypeElement type) {
    List<TypeElement> marked = new ArrayList<>();
    addMarkedSupertypes(type.asType(), new HashSet<>(), marked);
    return marked;
  }

  private void addMarkedSupertypes(TypeMirror type, Set<String> seen, List<TypeElement> marked) {
    for (TypeMirror above : types.directSupertypes(type)) {
      TypeElement element = (TypeElement) ((DeclaredType) above).asElement();
      if (seen.add(element.getQualifiedName().toString())) {
        if (isMarked(element)) {
          marked.add(element);
        }
        addMarkedSupertypes(above, seen, marked);
      }
    }
  }
}
