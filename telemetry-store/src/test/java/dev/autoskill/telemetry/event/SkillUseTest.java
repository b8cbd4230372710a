package dev.autoskill.telemetry.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.autoskill.telemetry.annotations.Outcome;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

class SkillUseTest {

  private final SkillUse use = SkillUse.of("name");

  @Test
  void isASuccessOfTheDefaultSessionAndAgentUnlessItSaysOtherwise() {
    assertEquals(new SkillUse(new Skill("name", "name"), null, null, Outcome.SUCCESS, null), use);
  }

  @Test
  void saysWhatItIsTold() {
    assertEquals(
        new SkillUse(new Skill("id", "name"), "s", "a", Outcome.PARTIAL, Duration.ofSeconds(1)),
        SkillUse.of("id", "name")
            .session("s")
            .agent("a")
            .outcome(Outcome.PARTIAL)
            .duration(Duration.ofSeconds(1)));
  }

  @Test
  void doesNotChange() {
    use.session("s").agent("a").outcome(Outcome.FAILURE).duration(Duration.ZERO);

    assertEquals(SkillUse.of("name"), use);
  }

  @TestFactory
  Stream<DynamicTest> refusesBadArgumentsAndNamesThem() {
    return Stream.of(
        refusesNull("name", () -> SkillUse.of(null)),
        refusesNull("name", () -> SkillUse.of("id", null)),
        refusesNull("id", () -> SkillUse.of(null, "name")),
        refusesNull("session", () -> use.session(null)),
        refusesNull("agent", () -> use.agent(null)),
        refusesNull("outcome", () -> use.outcome(null)),
        refusesNull("duration", () -> use.duration(null)),
        refuses("name", () -> SkillUse.of(" ")),
        refuses("name", () -> SkillUse.of("id", "")),
        refuses("id", () -> SkillUse.of("\t", "name")),
        refuses("session", () -> use.session("")),
        refuses("agent", () -> use.agent("\n")),
        refuses("outcome", () -> use.outcome(Outcome.UNRECOGNISED)),
        refuses("duration", () -> use.duration(Duration.ofNanos(-1))));
  }

  private static DynamicTest refusesNull(String argument, Executable call) {
    return refuses(argument, call, NullPointerException.class);
  }

  private static DynamicTest refuses(String argument, Executable call) {
    return refuses(argument, call, IllegalArgumentException.class);
  }

  private static DynamicTest refuses(
      String argument, Executable call, Class<? extends RuntimeException> expected) {
    return DynamicTest.dynamicTest(
        argument + " " + expected.getSimpleName(),
        () ->
            assertEquals(
                argument + " must",
                String.join(" ", firstTwoWords(assertThrows(expected, call).getMessage()))));
  }

  private static String[] firstTwoWords(String message) {
    String[] words = message.split(" ");
    return new String[] {words[0], words[1]};
  }

  /** A text of a megabyte would wait in the queue, for each use anew. */
  @Test
  void textsAreCappedWhenTheyAreHandedOver() {
    String capped = "x".repeat(Skill.MOST_CHARS);
    String text = capped + "y";
    SkillContext context = new SkillContext(text, text);
    SkillUse use = SkillUse.of(text, text).session(text).agent(text);

    assertEquals(new Skill(capped, capped), use.skill());
    assertEquals(capped, use.sessionId());
    assertEquals(capped, use.agentId());
    assertEquals(new SkillContext(capped, capped), context);
  }
}
