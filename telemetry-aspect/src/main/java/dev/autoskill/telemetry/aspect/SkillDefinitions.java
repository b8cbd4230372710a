package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.aspect.ClassFacts.AnnotationFacts;
import dev.autoskill.telemetry.aspect.ClassFacts.MethodFacts;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.outcome.Mappers;
import dev.autoskill.telemetry.outcome.SkillDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** Companions and default implementations of Kotlin's, objects of Scala's. */
  private static final String[] ENDS_OF_NESTED = {"$Companion", "$DefaultImpls", "$"};

  private static final AnnotationFacts NOTHING = new AnnotationFacts("", Map.of());

  private final Class<?> declaring;
  private final ClassFacts type;
  private final SkillAnnotations annotations;
  private final GeneratedMethods generated;
  private final String typeName;

  SkillDefinitions(Class<?> declaring, ClassFacts type, ClassFactsSource source) {
    this.declaring = declaring;
    this.type = type;
    this.annotations = new SkillAnnotations(source);
    this.generated = new GeneratedMethods(source);
    this.typeName = simpleName(type.name());
  }

  static SkillDefinitions of(Class<?> type) {
    ClassFactsSource source = new ClassFactsSource(type.getClassLoader());
    return new SkillDefinitions(type, source.of(type), source);
  }

  /** The methods that are skills once they are woven. */
  List<MethodFacts> tracked() {
    return type.methods().stream().filter(this::isTracked).toList();
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
      String name = firstText(nameOf(own), nameOf(method));
      return own.isTrue(IGNORE)
          ? null
          : definition(method, returnType, own, name, firstText(own.text("id"), name));
    }
    AnnotationFacts ofType = annotations.on(type);
    String toolName = SkillAnnotations.toolName(method);
    if (toolName != null) {
      return definition(method, returnType, ofType == null ? NOTHING : ofType, toolName, toolName);
    }
    if (ofType == null) {
      String name = nameOf(method);
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
    String ofMethod = "." + writtenName(method);
    String nameOfType = nameOf(ofType);
    String name = nameOfType.isBlank() ? nameOf(method) : nameOfType + ofMethod;
    String id = ofType.text("id").isBlank() ? name : ofType.text("id") + ofMethod;
    return definition(method, returnType, ofType, name, id);
  }

  /** Whether {@code TrackedSkillAspect} picks a method out, and it is a skill. */
  private boolean isTracked(MethodFacts method) {
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
    // A type variable may stand for any class, and only the caller knows which.
    Class<?> standInType =
        returnType == Object.class || method.returnsTypeVariable() ? null : returnType;
    String agent = annotation.text("agent");
    String mapper = annotation.text("outcomeMapper");
    return new SkillDefinition(
        new Skill(id, name, true),
        agent.isBlank() ? null : agent,
        Set.copyOf(annotation.texts("skippedOn")),
        Set.copyOf(annotation.texts("partialOn")),
        Mappers.of(declaring, mapper.isEmpty() || mapper.equals(NO_MAPPER) ? null : mapper),
        standInType);
  }

  private static String nameOf(AnnotationFacts annotation) {
    return firstText(annotation.text("name"), annotation.text("value"));
  }

  /** By default {@code Type.method}, as the method's author would say it. */
  String nameOf(MethodFacts method) {
    return typeName + "." + writtenName(method);
  }

  /**
   * A method's name without the end that Kotlin adds: a hash to functions with value classes, the
   * module to internal ones.
   */
  private String writtenName(MethodFacts method) {
    String name = method.name();
    int hash = name.indexOf('-');
    int end = hash < 0 && type.isAnnotated("kotlin.Metadata") ? name.indexOf('$', 1) : hash;
    return end < 1 ? name : name.substring(0, end);
  }

  /** The name of the class around it for a nested one whose members are written there. */
  private static String simpleName(String binaryName) {
    String name = binaryName.substring(binaryName.lastIndexOf('.') + 1);
    for (String end : ENDS_OF_NESTED) {
      if (name.endsWith(end) && name.length() > end.length()) {
        name = name.substring(0, name.length() - end.length());
      }
    }
    String simple = name.substring(name.lastIndexOf('$') + 1);
    int start = 0;
    while (start < simple.length() && Character.isDigit(simple.charAt(start))) {
      start++;
    }
    boolean isAnonymous = start == simple.length();
    return isAnonymous ? name : simple.substring(start);
  }

  private static String firstText(String preferred, String otherwise) {
    return preferred.isBlank() ? otherwise : preferred;
  }
}
