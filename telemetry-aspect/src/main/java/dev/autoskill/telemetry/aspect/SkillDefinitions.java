package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.outcome.Mappers;
import dev.autoskill.telemetry.outcome.OutcomeRules;
import dev.autoskill.telemetry.outcome.SkillDefinition;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Works out which skills the methods of a class are.
 *
 * <p>What stands nearest to the method wins, as a whole: its own {@code TrackedSkill}, then the
 * annotation by which another framework knows it as a tool, then the {@code TrackedSkill} of its
 * type. If there is none, the pointcut of a user's aspect picked it out.
 */
final class SkillDefinitions {

  private static final String IGNORE = "ignore";
  private static final String NO_MAPPER = "dev.autoskill.telemetry.annotations.OutcomeMapper$None";

  private static final AnnotationFacts NOTHING = new AnnotationFacts("", Map.of());

  private static final Set<String> PUBLISHERS =
      Set.of("org.reactivestreams", "reactor.core.publisher", "kotlinx.coroutines.flow");

  private final Class<?> declaring;
  private final ClassFacts type;
  private final SkillAnnotations annotations;
  private final GeneratedMethods generated;
  private final SkillNames names;

  SkillDefinitions(Class<?> declaring, ClassFacts type, ClassFactsSource source) {
    this.declaring = declaring;
    this.type = type;
    this.annotations = new SkillAnnotations(source);
    this.generated = new GeneratedMethods(source);
    this.names = new SkillNames(type);
  }

  /**
   * The skill that a woven method is.
   *
   * @param returnType its declared return type; null if that is missing
   * @return the skill; null if the method is to be left out
   */
  @Nullable SkillDefinition of(MethodFacts method, @Nullable Class<?> returnType) {
    if (generated.isForwarder(type, method)) {
      return null;
    }
    AnnotationFacts own = annotations.on(method);
    if (own != null) {
      String name = firstText(nameOf(own), names.of(method));
      return own.isTrue(IGNORE)
          ? null
          : definition(method, returnType, own, name, firstText(own.text("id"), name));
    }
    AnnotationFacts ofType = annotations.on(type);
    String toolName = ToolAnnotations.nameOf(method);
    if (toolName != null) {
      return definition(method, returnType, ofType == null ? NOTHING : ofType, toolName, toolName);
    }
    if (ofType == null) {
      String name = names.of(method);
      return definition(method, returnType, NOTHING, name, name);
    }
    return ofType.isTrue(IGNORE) || !isTrackedByType(method)
        ? null
        : ofType(method, returnType, ofType);
  }

  /** Whether the annotation of the type, which there is, makes a method a skill. */
  private boolean isTrackedByType(MethodFacts method) {
    return method.isPublic() && !GeneratedMethods.isMemberOfKind(type, method);
  }

  private SkillDefinition ofType(
      MethodFacts method, @Nullable Class<?> returnType, AnnotationFacts ofType) {
    String ofMethod = "." + names.written(method);
    String typeName = nameOf(ofType);
    String name = typeName.isBlank() ? names.of(method) : typeName + ofMethod;
    String id = ofType.text("id").isBlank() ? name : ofType.text("id") + ofMethod;
    return definition(method, returnType, ofType, name, id);
  }

  /** Whether {@code TrackedSkillAspect} picks a method out, and it is a skill. */
  boolean isTracked(MethodFacts method) {
    boolean isPickedOut =
        annotations.on(method) != null
            || (annotations.on(type) != null && method.isPublic() && !isOfEveryObject(method));
    return isPickedOut
        && method.hasBody()
        && !method.name().startsWith("<")
        && of(method, null) != null;
  }

  private static boolean isOfEveryObject(MethodFacts method) {
    return switch (method.name() + method.descriptor()) {
      case "toString()Ljava/lang/String;", "hashCode()I", "equals(Ljava/lang/Object;)Z" -> true;
      default -> false;
    };
  }

  private SkillDefinition definition(
      MethodFacts method,
      @Nullable Class<?> returnType,
      AnnotationFacts annotation,
      String name,
      String id) {
    Class<?> publisherType =
        returnType == null || method.returnsTypeVariable() || !isPublisher(returnType)
            ? null
            : returnType;
    String agent = annotation.text("agent");
    String mapper = annotation.text("outcomeMapper");
    return new SkillDefinition(
        new Skill(id, name, true),
        agent.isBlank() ? null : agent,
        new OutcomeRules(annotation.texts("skippedOn"), annotation.texts("partialOn")),
        Mappers.of(declaring, mapper.isEmpty() || mapper.equals(NO_MAPPER) ? null : mapper),
        publisherType);
  }

  /** Results that do nothing before somebody subscribes; by name, if not the JDK's. */
  private static boolean isPublisher(Class<?> type) {
    return type == Flow.Publisher.class || PUBLISHERS.contains(type.getPackageName());
  }

  private static String nameOf(AnnotationFacts annotation) {
    return firstText(annotation.text("name"), annotation.text("value"));
  }

  private static String firstText(String preferred, String otherwise) {
    return preferred.isBlank() ? otherwise : preferred;
  }
}
