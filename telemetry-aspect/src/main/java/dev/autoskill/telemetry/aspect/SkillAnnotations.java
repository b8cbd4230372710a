package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Finds {@link TrackedSkill} where {@code TrackedSkillAspect} does, and the annotations by which
 * other frameworks offer a method to a model as a tool. Those go by their names, so none of the
 * frameworks has to be there. Public only for the agent.
 */
public final class SkillAnnotations {

  /** The internal names of the annotation types. */
  public static final List<String> TYPES =
      List.of(
          Type.getInternalName(TrackedSkill.class),
          "dev/langchain4j/agent/tool/Tool",
          "org/springframework/ai/tool/annotation/Tool",
          "org/springframework/ai/mcp/annotation/McpTool",
          "org/springaicommunity/mcp/annotation/McpTool");

  private static final String TRACKED_SKILL = TYPES.get(0);
  private static final String INHERITED = "java/lang/annotation/Inherited";

  private final ClassSource source;

  SkillAnnotations(ClassSource source) {
    this.source = source;
  }

  /** The annotation of a method, itself or that of another annotation there; null if none. */
  @Nullable AnnotationNode on(MethodNode method) {
    return among(Declarations.annotations(method), false);
  }

  /** The annotation of a type, or else of its nearest superclass that hands one down. */
  @Nullable AnnotationNode on(ClassNode type) {
    AnnotationNode own = among(Declarations.annotations(type), false);
    String superclass = type.superName;
    while (own == null && superclass != null && !superclass.startsWith("java/")) {
      ClassNode next = source.named(superclass);
      if (next == null) {
        return null;
      }
      own = among(Declarations.annotations(next), true);
      superclass = next.superName;
    }
    return own;
  }

  private @Nullable AnnotationNode among(List<AnnotationNode> annotations, boolean isInherited) {
    for (AnnotationNode annotation : annotations) {
      if (Declarations.type(annotation).equals(TRACKED_SKILL)) {
        return annotation;
      }
    }
    for (AnnotationNode annotation : annotations) {
      String name = Declarations.type(annotation);
      ClassNode type = name.startsWith("java/") ? null : source.named(name);
      if (type != null) {
        List<AnnotationNode> carried = Declarations.annotations(type);
        if (Declarations.areAny(carried, TRACKED_SKILL)
            && (!isInherited || Declarations.areAny(carried, INHERITED))) {
          return among(carried, false);
        }
      }
    }
    return null;
  }

  /**
   * The name of a tool: the text {@code name} of its annotation, or else the method's own.
   *
   * @return null if the method is no tool of other frameworks
   */
  static @Nullable String toolName(MethodNode method) {
    for (AnnotationNode annotation : Declarations.annotations(method)) {
      if (TYPES.indexOf(Declarations.type(annotation)) > 0) {
        String name = Declarations.text(annotation, "name");
        return name.isBlank() ? method.name : name;
      }
    }
    return null;
  }
}
