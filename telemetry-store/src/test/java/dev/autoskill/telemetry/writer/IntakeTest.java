package dev.autoskill.telemetry.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Uses come in where the caller's stack or the memory ends. */
class IntakeTest {

  private static final int USES = 500;
  private static final Skill SKILL = Skill.named("a");

  /** Anything that makes an event fail. */
  private static final Skill UNUSABLE = null;

  private final Ledger ledger = new Ledger();
  private final Faults faults = new Faults(null);
  private final FailingClock clock = new FailingClock();
  private final Intake intake = intake(10 * USES);

  private long recorded;

  @Test
  void nobodyWaitsForAUseOfWhichNoEventCanBeMade() {
    offer(1);
    intake.queue().offer(new QueuedUse(UNUSABLE, null, null, Outcome.SUCCESS, 1, 1));
    offer(1);
    long accepted = intake.accepted();

    int taken = intake.take(Integer.MAX_VALUE).size();

    assertEquals(3, accepted);
    assertEquals(2, taken);
    assertEquals(1, ledger.counts().completed());
    assertEquals(accepted, intake.accepted());
    assertEquals(1, faults.count());
  }

  @Test
  void settlesNoMoreThanItHasRoomFor() {
    Intake small = intake(10);
    for (int i = 0; i < 9; i++) {
      small.record(SkillUse.of("b"));
    }
    offer(small, 10);
    small.record(SkillUse.of("b"));
    offer(small, 10);

    assertEquals(9 + 10, small.accepted());
    assertEquals(1, small.dropped());
  }

  @Test
  void keepsWhatItCannotSettleForWantOfMemory() {
    offer(USES);
    clock.failIn = 0;
    assertThrows(OutOfMemoryError.class, () -> intake.record(SkillUse.of("b")));

    assertFalse(intake.isEmpty());
    assertEquals(USES, intake.accepted());
    offer(1);
    assertEquals(USES + 1, intake.accepted());
    assertEquals(USES + 1, intake.take(Integer.MAX_VALUE).size());
    assertTrue(intake.isEmpty());
    assertEquals(0, intake.dropped());
  }

  @Test
  void losesNothingWhereverInItsWorkTheStackEnds() throws InterruptedException {
    int[] rounds = {0};
    Thread deep =
        new Thread(
            null,
            () -> {
              for (; rounds[0] < 20; rounds[0]++) {
                offer(USES / 10);
                recordWhereTheStackEnds();
              }
            },
            "deep",
            256 * 1024);
    deep.start();
    deep.join();

    assertEquals(20, rounds[0]);
    long accepted = intake.accepted();
    List<SettledUse> taken = intake.take(Integer.MAX_VALUE);
    assertEquals(accepted, taken.size());
    long tracked = taken.stream().filter(use -> use.skillName().equals("a")).count();
    assertEquals(20 * (USES / 10), tracked);
    // A caller whose stack ended on the way back does not know that his use was recorded.
    assertTrue(taken.size() - tracked >= recorded, recorded + " were recorded");
    assertEquals(0, intake.dropped());
  }

  private Intake intake(int capacity) {
    EventFactory events =
        new EventFactory(
            clock, new RandomBits(), "s", "a", PrivacyGuard.ofProcess(Environment.of(Map.of())));
    return new Intake(capacity, events, null, ledger, faults);
  }

  /** Every frame on the way back tries, so that the stack ends at a place further on each time. */
  private void recordWhereTheStackEnds() {
    try {
      recordWhereTheStackEnds();
    } catch (StackOverflowError end) {
      intake.record(SkillUse.of("b"));
      recorded++;
    }
  }

  private void offer(int uses) {
    offer(intake, uses);
  }

  private static void offer(Intake intake, int uses) {
    for (int i = 0; i < uses; i++) {
      intake.queue().offer(new QueuedUse(SKILL, null, null, Outcome.SUCCESS, 1, i));
    }
  }

  /** Fails once, after so many readings. */
  private static final class FailingClock implements TimeSource {

    private int failIn = -1;

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public long currentTimeMillis() {
      if (failIn-- == 0) {
        throw new OutOfMemoryError("as the test wants it");
      }
      return 1_795_350_291_379L;
    }
  }
}
