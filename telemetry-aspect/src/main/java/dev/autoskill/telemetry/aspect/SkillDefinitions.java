package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.annotations.OutcomeMapper;
import dev.autoskill.telemetry.annotations.TrackedSkill;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.outcome.Mappers;
import dev.autoskill.telemetry.outcome.OutcomeRules;
import dev.autoskill.telemetry.outcome.SkillDefinition;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works out which skill a woven method is.
 *
 * <p>What stands nearest to the method wins, as a whole: its own {@link TrackedSkill}, then the
 * annotation by which another framework knows it as a tool, then the {@link TrackedSkill} of its
 * type. If there is none, the pointcut of a user's aspect picked it out.
 */
final class SkillDefinitions {

  private SkillDefinitions() {}

  /**
   * Finds out which skill a method is.
   *
   * @param plain what is known to stand on it; null if nothing is known
   * @return the skill; null if the method is to be left out
   */
  static @Nullable SkillDefinition of(Method method, @Nullable PlainSkill plain) {
    return plain == null ? annotated(method) : plain(method, plain);
  }

  private static @Nullable SkillDefinition plain(Method method, PlainSkill plain) {
    if (plain.ignore() || LeftOut.isKeptStandIn(method.getDeclaringClass())) {
      return null;
    }
    String name = firstText(plain.name(), firstText(plain.value(), defaultName(method)));
    return new SkillDefinition(
        new Skill(firstText(plain.id(), name), name),
        plain.agent().isBlank() ? null : plain.agent(),
        OutcomeRules.STANDARD,
        Mappers.of(method.getDeclaringClass()));
  }

  private static @Nullable SkillDefinition annotated(Method method) {
    if (LeftOut.isLeftOut(method)) {
      return null;
    }
    String defaultName = defaultName(method);
    TrackedSkill own = SkillAnnotations.on(method);
    if (own != null) {
      String name = firstText(nameOf(own), defaultName);
      return definition(method, own, name, firstText(own.id(), name));
    }
    TrackedSkill ofType = SkillAnnotations.onTypeOf(method);
    String toolName = ToolNames.of(method);
    if (toolName != null) {
      return definition(method, ofType, toolName, toolName);
    }
    if (ofType == null || nameOf(ofType).isBlank()) {
      String id = ofType == null ? "" : ofType.id();
      return definition(method, ofType, defaultName, ofMethod(id, method, defaultName));
    }
    String name = nameOf(ofType) + "." + method.getName();
    return definition(method, ofType, name, ofMethod(ofType.id(), method, name));
  }

  private static SkillDefinition definition(
      Method method, @Nullable TrackedSkill annotation, String name, String id) {
    Class<? extends OutcomeMapper<?>> mapper =
        annotation == null ? OutcomeMapper.None.class : annotation.outcomeMapper();
    return new SkillDefinition(
        new Skill(id, name),
        annotation == null || annotation.agent().isBlank() ? null : annotation.agent(),
        rulesOf(annotation),
        Mappers.of(method.getDeclaringClass(), mapper));
  }

  private static OutcomeRules rulesOf(@Nullable TrackedSkill annotation) {
    if (annotation == null) {
      return OutcomeRules.STANDARD;
    }
    return new OutcomeRules(List.of(annotation.skippedOn()), List.of(annotation.partialOn()));
  }

  private static String ofMethod(String typeId, Method method, String otherwise) {
    return typeId.isBlank() ? otherwise : typeId + "." + method.getName();
  }

  private static String defaultName(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  private static String nameOf(TrackedSkill annotation) {
    return firstText(annotation.name(), annotation.value());
  }

  private static String firstText(String preferred, String otherwise) {
    return preferred.isBlank() ? otherwise : preferred;
  }
}
