package dev.autoskill.telemetry.aspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.outcome.SkillDefinition.SkillJoinPoint;
import java.util.function.Supplier;
import org.aspectj.lang.JoinPoint;
import org.aspectj.runtime.reflect.Factory;
import org.junit.jupiter.api.Test;

class SkillMethodsTest {

  /** The weaver makes the join points of {@link Skills} by one like this. */
  private final Factory weaver = new Factory("SkillMethodsTest.java", Skills.class);

  @Test
  void readsTheAnnotation() {
    SkillJoinPoint shortForm = methodAt(joinPoint("shortForm"));
    assertEquals(new Skill("short", "short", true), shortForm.definition().skill());
    assertNull(shortForm.definition().agentId());

    SkillJoinPoint longForm = methodAt(joinPoint("longForm"));
    assertEquals(new Skill("an-id", "long", true), longForm.definition().skill());
    assertEquals("an-agent", longForm.definition().agentId());
  }

  @Test
  void namesTheMethodWhereTheAnnotationDoesNot() {
    Skill expected = new Skill("Skills.blank", "Skills.blank", true);
    assertEquals(expected, methodAt(joinPoint("blank")).definition().skill());
  }

  @Test
  void namesTheMethodWhereThereIsNoAnnotation() {
    assertEquals(
        new Skill("Skills.none", "Skills.none", true),
        methodAt(joinPoint("none")).definition().skill());
  }

  @Test
  void isWorkedOutOncePerMethod() {
    JoinPoint.StaticPart joinPoint = joinPoint("none");
    SkillJoinPoint method = methodAt(joinPoint);

    assertSame(method, methodAt(joinPoint));
    assertSame(method.definition(), methodAt(joinPoint("none")).definition());
    assertNotEquals(method.method(), methodAt(joinPoint("blank")).method());
  }

  @Test
  void countsTheTrackedOnes() {
    methodAt(joinPoint("shortForm"));
    int before = SkillMethods.trackedCount();

    assertNull(methodAt(joinPoint("leftOut")).definition());
    methodAt(joinPoint("shortForm"));

    assertEquals(before, SkillMethods.trackedCount());
  }

  @Test
  void tellsJoinPointsOfOneIdApart() {
    JoinPoint.StaticPart first = joinPoint("none");
    JoinPoint.StaticPart second =
        joinPoint(new Factory("SkillMethodsTest.java", Skills.class), "shortForm");
    assertEquals(first.getId(), second.getId());

    SkillJoinPoint ofFirst = methodAt(first);
    SkillJoinPoint ofSecond = methodAt(second);

    assertEquals("Skills.none", ofFirst.definition().skill().name());
    assertEquals("short", ofSecond.definition().skill().name());
    assertSame(ofFirst, methodAt(first));
    assertSame(ofSecond, methodAt(second));
  }

  @Test
  void tellsOverloadsApart() {
    JoinPoint.StaticPart shortForm = joinPoint("shortForm");
    Skills skills = new Skills();

    SkillJoinPoint overload = skills.shortForm(() -> SkillMethods.at(shortForm), "text");

    assertEquals("overload", overload.definition().skill().name());
    assertNotEquals(overload.method(), methodAt(joinPoint("shortForm")).method());
  }

  /** Within a call of the method, as the advice asks. */
  private static SkillJoinPoint methodAt(JoinPoint.StaticPart joinPoint) {
    Skills skills = new Skills();
    Supplier<SkillJoinPoint> advice = () -> SkillMethods.at(joinPoint);
    return switch (joinPoint.getSignature().getName()) {
      case "shortForm" -> skills.shortForm(advice);
      case "longForm" -> skills.longForm(advice);
      case "blank" -> skills.blank(advice);
      case "none" -> skills.none(advice);
      default -> skills.leftOut(advice);
    };
  }

  private JoinPoint.StaticPart joinPoint(String method) {
    return joinPoint(weaver, method);
  }

  private static JoinPoint.StaticPart joinPoint(Factory weaver, String method) {
    return weaver.makeSJP(
        JoinPoint.METHOD_EXECUTION,
        weaver.makeMethodSig("0", method, Skills.class.getName(), "", "", "", "void"),
        1);
  }

  private static final class Skills {

    @TrackedSkill("short")
    SkillJoinPoint shortForm(Supplier<SkillJoinPoint> advice) {
      return advice.get();
    }

    @TrackedSkill("overload")
    SkillJoinPoint shortForm(Supplier<SkillJoinPoint> advice, String text) {
      return advice.get();
    }

    @TrackedSkill(id = "an-id", name = "long", value = "name", agent = "an-agent")
    SkillJoinPoint longForm(Supplier<SkillJoinPoint> advice) {
      return advice.get();
    }

    @TrackedSkill(id = " ", name = "", agent = "\t")
    SkillJoinPoint blank(Supplier<SkillJoinPoint> advice) {
      return advice.get();
    }

    SkillJoinPoint none(Supplier<SkillJoinPoint> advice) {
      return advice.get();
    }

    @TrackedSkill(ignore = true)
    SkillJoinPoint leftOut(Supplier<SkillJoinPoint> advice) {
      return advice.get();
    }
  }
}
