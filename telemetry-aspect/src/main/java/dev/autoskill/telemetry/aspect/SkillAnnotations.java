package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import dev.autoskill.telemetry.aspect.ClassFacts.AnnotationFacts;
import dev.autoskill.telemetry.aspect.ClassFacts.MethodFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds {@link TrackedSkill} where {@code TrackedSkillAspect} does, and the annotations by which
 * other frameworks offer a method to a model as a tool. Those go by their names, so none of the
 * frameworks has to be there. Public only for the agent.
 */
public final class SkillAnnotations {

  /** The names of the annotation types. */
  public static final List<String> TYPES =
      List.of(
          TrackedSkill.class.getName(),
          "dev.langchain4j.agent.tool.Tool",
          "org.springframework.ai.tool.annotation.Tool",
          "org.springframework.ai.mcp.annotation.McpTool",
          "org.springaicommunity.mcp.annotation.McpTool");

  private static final String TRACKED_SKILL = TYPES.get(0);
  private static final String INHERITED = "java.lang.annotation.Inherited";

  private final ClassFactsSource source;

  SkillAnnotations(ClassFactsSource source) {
    this.source = source;
  }

  /** The annotation of a method, itself or that of another annotation there; null if none. */
  @Nullable AnnotationFacts on(MethodFacts method) {
    return among(method.annotations(), false);
  }

  /** The annotation of a type, or else of its nearest superclass that hands one down. */
  @Nullable AnnotationFacts on(ClassFacts type) {
    AnnotationFacts own = among(type.annotations(), false);
    String superclass = type.superclass();
    while (own == null && superclass != null && !superclass.startsWith("java.")) {
      ClassFacts next = source.named(superclass);
      if (next == null) {
        return null;
      }
      own = among(next.annotations(), true);
      superclass = next.superclass();
    }
    return own;
  }

  private @Nullable AnnotationFacts among(List<AnnotationFacts> annotations, boolean isInherited) {
    for (AnnotationFacts annotation : annotations) {
      if (annotation.type().equals(TRACKED_SKILL)) {
        return annotation;
      }
    }
    for (AnnotationFacts annotation : annotations) {
      boolean isOfJdk = annotation.type().startsWith("java.");
      ClassFacts type = isOfJdk ? null : source.named(annotation.type());
      if (type != null
          && type.isAnnotated(TRACKED_SKILL)
          && (!isInherited || type.isAnnotated(INHERITED))) {
        return among(type.annotations(), false);
      }
    }
    return null;
  }

  /**
   * The name of a tool: the text {@code name} of its annotation, or else the method's own.
   *
   * @return null if the method is no tool of other frameworks
   */
  static @Nullable String toolName(MethodFacts method) {
    for (AnnotationFacts annotation : method.annotations()) {
      if (TYPES.contains(annotation.type()) && !annotation.type().equals(TRACKED_SKILL)) {
        String name = annotation.text("name");
        return name.isBlank() ? method.name() : name;
      }
    }
    return null;
  }
}
