package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.outcome.Mappers;
import dev.autoskill.telemetry.outcome.SkillDefinition;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Works out which skills the methods of a class are.
 *
 * <p>What stands nearest to the method wins, as a whole: its own {@code TrackedSkill}, then the
 * annotation by which another framework knows it as a tool, then the {@code TrackedSkill} of its
 * type. If there is none, the pointcut of a user's aspect picked it out.
 */
final class SkillDefinitions {

  private static final String IGNORE = "ignore";
  private static final String KOTLIN = "kotlin/Metadata";
  private static final String NO_MAPPER = "dev.autoskill.telemetry.annotations.OutcomeMapper$None";

  /** Companions and default implementations of Kotlin's, objects of Scala's. */
  private static final String[] ENDS_OF_NESTED = {"$Companion", "$DefaultImpls", "$"};

  private static final AnnotationNode NOTHING = new AnnotationNode("");

  private final Class<?> declaring;
  private final ClassNode type;
  private final SkillAnnotations annotations;
  private final GeneratedMethods generated;
  private final String typeName;

  SkillDefinitions(Class<?> declaring, ClassNode type, ClassSource source) {
    this.declaring = declaring;
    this.type = type;
    this.annotations = new SkillAnnotations(source);
    this.generated = new GeneratedMethods(source);
    this.typeName = simpleName(type.name);
  }

  static SkillDefinitions of(Class<?> type) {
    ClassSource source = new ClassSource(type.getClassLoader());
    return new SkillDefinitions(type, source.of(type), source);
  }

  /** The methods that are skills once they are woven. */
  List<MethodNode> tracked() {
    return type.methods.stream().filter(this::isTracked).toList();
  }

  /**
   * The skill that a woven method is.
   *
   * @param returnType its declared return type; null if that is missing
   * @return the skill; null if the method is to be left out
   */
  @Nullable SkillDefinition of(MethodNode method, @Nullable Class<?> returnType) {
    if (generated.isForwarder(type, method)) {
      return null;
    }
    AnnotationNode own = annotations.on(method);
    if (own != null) {
      String name = firstText(nameOf(own), nameOf(method));
      return Declarations.isTrue(own, IGNORE)
          ? null
          : definition(
              method, returnType, own, name, firstText(Declarations.text(own, "id"), name));
    }
    AnnotationNode ofType = annotations.on(type);
    String toolName = SkillAnnotations.toolName(method);
    if (toolName != null) {
      return definition(method, returnType, ofType == null ? NOTHING : ofType, toolName, toolName);
    }
    if (ofType == null) {
      String name = nameOf(method);
      return definition(method, returnType, NOTHING, name, name);
    }
    return Declarations.isTrue(ofType, IGNORE) || !isTrackedByType(method)
        ? null
        : ofType(method, returnType, ofType);
  }

  /** Whether the annotation of the type, which there is, makes a method a skill. */
  private boolean isTrackedByType(MethodNode method) {
    return Modifier.isPublic(method.access) && !GeneratedMethods.isMemberOfKind(type, method);
  }

  private SkillDefinition ofType(
      MethodNode method, @Nullable Class<?> returnType, AnnotationNode ofType) {
    String ofMethod = "." + writtenName(method);
    String nameOfType = nameOf(ofType);
    String name = nameOfType.isBlank() ? nameOf(method) : nameOfType + ofMethod;
    String id =
        Declarations.text(ofType, "id").isBlank()
            ? name
            : Declarations.text(ofType, "id") + ofMethod;
    return definition(method, returnType, ofType, name, id);
  }

  /** Whether {@code TrackedSkillAspect} picks a method out, and it is a skill. */
  private boolean isTracked(MethodNode method) {
    boolean isPickedOut =
        annotations.on(method) != null
            || (annotations.on(type) != null
                && Modifier.isPublic(method.access)
                && !isOfEveryObject(method));
    return isPickedOut
        && Declarations.hasBody(method)
        && !method.name.startsWith("<")
        && of(method, null) != null;
  }

  private static boolean isOfEveryObject(MethodNode method) {
    return switch (method.name + method.desc) {
      case "toString()Ljava/lang/String;", "hashCode()I", "equals(Ljava/lang/Object;)Z" -> true;
      default -> false;
    };
  }

  private SkillDefinition definition(
      MethodNode method,
      @Nullable Class<?> returnType,
      AnnotationNode annotation,
      String name,
      String id) {
    // A type variable may stand for any class, and only the caller knows which.
    boolean isVariable = method.signature != null && method.signature.contains(")T");
    Class<?> standInType = returnType == Object.class || isVariable ? null : returnType;
    String agent = Declarations.text(annotation, "agent");
    String mapper = Declarations.text(annotation, "outcomeMapper");
    return new SkillDefinition(
        new Skill(id, name, true),
        agent.isBlank() ? null : agent,
        Set.copyOf(Declarations.texts(annotation, "skippedOn")),
        Set.copyOf(Declarations.texts(annotation, "partialOn")),
        Mappers.of(declaring, mapper.isEmpty() || mapper.equals(NO_MAPPER) ? null : mapper),
        standInType);
  }

  private static String nameOf(AnnotationNode annotation) {
    return firstText(Declarations.text(annotation, "name"), Declarations.text(annotation, "value"));
  }

  /** By default {@code Type.method}, as the method's author would say it. */
  String nameOf(MethodNode method) {
    return typeName + "." + writtenName(method);
  }

  /**
   * A method's name without the end that Kotlin adds: a hash to functions with value classes, the
   * module to internal ones.
   */
  private String writtenName(MethodNode method) {
    String name = method.name;
    int hash = name.indexOf('-');
    int end =
        hash < 0 && Declarations.areAny(Declarations.annotations(type), KOTLIN)
            ? name.indexOf('$', 1)
            : hash;
    return end < 1 ? name : name.substring(0, end);
  }

  /** The name of the class around it for a nested one whose members are written there. */
  private static String simpleName(String internalName) {
    String name = internalName.substring(internalName.lastIndexOf('/') + 1);
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
