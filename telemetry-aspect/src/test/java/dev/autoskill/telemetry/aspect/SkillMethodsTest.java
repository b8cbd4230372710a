package dev.autoskill.telemetry.aspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.outcome.SkillDefinition.SkillJoinPoint;
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

  private static SkillJoinPoint methodAt(JoinPoint.StaticPart joinPoint) {
    return SkillMethods.at(joinPoint);
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
    void shortForm() {}

    @TrackedSkill(id = "an-id", name = "long", value = "loses to name", agent = "an-agent")
    void longForm() {}

    @TrackedSkill(id = " ", name = "", agent = "\t")
    void blank() {}

    void none() {}

    @TrackedSkill(ignore = true)
    void leftOut() {}
  }
}
