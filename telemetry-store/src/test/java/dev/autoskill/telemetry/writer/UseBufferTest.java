package dev.autoskill.telemetry.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class UseBufferTest {

  private static final Skill SKILL = Skill.named("a");
  private static final long LONGEST = (1L << 47) - 1;

  private final UseBuffer buffer = new UseBuffer(new UseQueue(1), 4, RunningSkills.ofThread());

  @Test
  void givesBackWhatCameIn() {
    SkillContext context = SkillContext.ofSession("s-1").withAgent("cursor");
    assertEquals(1, buffer.offer(SKILL, null, null, Outcome.FAILURE, 7, Long.MIN_VALUE));
    Skill other = placedElsewhere(SKILL, context);
    assertEquals(2, buffer.offer(other, "codex", context, Outcome.SKIPPED, LONGEST, -1));
    assertEquals(2, buffer.size());

    QueuedUse first = taken();
    assertSame(SKILL, first.skill);
    assertNull(first.agentId);
    assertNull(first.context);
    assertSame(Outcome.FAILURE, first.outcome);
    assertEquals(7, first.durationNanos);
    assertEquals(Long.MIN_VALUE, first.endNanos);
    QueuedUse second = taken();
    assertSame(other, second.skill);
    assertEquals("codex", second.agentId);
    assertSame(context, second.context);
    assertSame(Outcome.SKIPPED, second.outcome);
    assertEquals(LONGEST, second.durationNanos);
    assertEquals(-1, second.endNanos);
    assertEquals(0, buffer.size());
  }

  @Test
  void aUseOfMoreThanADayHasNoPlace() {
    assertEquals(0, buffer.offer(SKILL, null, null, Outcome.SUCCESS, LONGEST + 1, 0));
    assertEquals(0, buffer.offer(SKILL, null, null, Outcome.SUCCESS, -1, 0));
    assertEquals(0, buffer.size());
  }

  @Test
  void isFullUntilItsConsumerHasClearedIt() {
    for (int i = 1; i <= 4; i++) {
      assertEquals(i, offer(SKILL, null, i));
    }
    assertEquals(0, offer(SKILL, null, 5));
    assertEquals(1, taken().endNanos);
    assertEquals(2, taken().endNanos);
    assertEquals(0, offer(SKILL, null, 5));
    buffer.clear();

    assertEquals(3, offer(SKILL, null, 5));
    assertEquals(4, offer(SKILL, null, 6));
    assertEquals(0, offer(SKILL, null, 7));
    for (int i = 3; i <= 6; i++) {
      assertEquals(i, taken().endNanos);
    }
  }

  /** Two skills of the same place: what waits is still the first one's. */
  @Test
  void aSkillWhosePlaceIsTakenHasToWait() {
    Skill[] rivals = rivals();
    assertEquals(1, offer(rivals[0], null, 1));
    assertEquals(0, offer(rivals[1], null, 2));
    assertEquals(2, offer(rivals[0], null, 3));
    assertEquals(3, offer(placedElsewhere(rivals[0], null), null, 4));
    assertSame(rivals[0], taken().skill);
    buffer.clear();
    assertEquals(0, offer(rivals[1], null, 5));
    assertSame(rivals[0], taken().skill);
    assertEquals(0, offer(rivals[1], null, 6));
    buffer.clear();

    assertEquals(2, offer(rivals[1], null, 7));
    assertEquals(0, offer(rivals[0], null, 8));
    assertEquals(4, taken().endNanos);
    assertSame(rivals[1], taken().skill);
  }

  /** As methods of one name have it. */
  @Test
  void aSkillIsTheSameByItsIdAndName() {
    assertEquals(1, offer(new Skill("id", "name"), null, 1));
    assertEquals(2, offer(new Skill("id", "name"), null, 2));
    assertEquals(0, offer(new Skill("id", "another"), null, 3));
  }

  @Test
  void aSkillIsNotTheSameForAnotherAgent() {
    assertEquals(1, buffer.offer(SKILL, "codex", null, Outcome.SUCCESS, 0, 1));
    assertEquals(0, offer(SKILL, null, 2));
    assertEquals("codex", taken().agentId);
    buffer.clear();

    assertEquals(1, offer(SKILL, null, 3));
    assertNull(taken().agentId);
  }

  @Test
  void eachUseIsOfItsContext() {
    for (int i = 0; i < 1_000; i++) {
      SkillContext context = SkillContext.ofSession("s-" + i);
      assertEquals(1, offer(SKILL, context, 2 * i));
      boolean hasRoom = offer(SKILL, null, 2 * i + 1) > 0;
      assertEquals(UseBuffer.place(SKILL, context) != UseBuffer.place(SKILL, null), hasRoom);

      assertSame(context, taken().context);
      if (hasRoom) {
        assertNull(taken().context);
      }
      buffer.clear();
    }
  }

  @Test
  void isOverWhenItsThreadHasEndedAndAllWasTaken() throws InterruptedException {
    assertFalse(buffer.isOver());
    AtomicReference<RunningSkills> running = new AtomicReference<>();
    Thread ended = new Thread(() -> running.set(RunningSkills.ofThread()));
    ended.start();
    ended.join();
    UseBuffer left = new UseBuffer(new UseQueue(1), 4, running.get());
    left.offer(SKILL, null, null, Outcome.SUCCESS, 0, 1);

    assertFalse(left.isOver());
    left.oldest();
    left.leave();
    assertTrue(left.isOver());
  }

  private int offer(Skill skill, SkillContext context, long endNanos) {
    return buffer.offer(skill, null, context, Outcome.SUCCESS, 0, endNanos);
  }

  private QueuedUse taken() {
    QueuedUse use = buffer.oldest();
    buffer.leave();
    return use;
  }

  private static Skill[] rivals() {
    Map<Integer, Skill> skills = new HashMap<>();
    for (int i = 0; ; i++) {
      Skill skill = Skill.named("b" + i);
      Skill rival = skills.putIfAbsent(place(skill), skill);
      if (rival != null) {
        return new Skill[] {rival, skill};
      }
    }
  }

  private static Skill placedElsewhere(Skill than, SkillContext context) {
    Skill skill = Skill.named("c");
    for (int i = 0; UseBuffer.place(skill, context) == place(than); i++) {
      skill = Skill.named("c" + i);
    }
    return skill;
  }

  private static int place(Skill skill) {
    return UseBuffer.place(skill, null);
  }
}
