package dev.autoskill.telemetry.annotations.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.CurrentSkill;
import dev.autoskill.telemetry.annotations.Outcome;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunningSkillsTest {

  private static final int A = 1;
  private static final int B = 2;
  private static final int JOIN_POINT = 1;
  private static final int ASPECT = 1;

  private int outermost;

  @BeforeEach
  void enterOutermost() {
    outermost = RunningSkills.enter(0, 0, 0);
  }

  /** A test that fails leaves nothing to the next one. */
  @AfterEach
  void leaveAll() {
    RunningSkills.leave(outermost);
    assertEquals(0, CurrentSkill.depth());
  }

  @Test
  void nests() {
    int a = enter(A);
    int b = enter(B);
    int again = enter(A);

    assertEquals(4, CurrentSkill.depth());
    RunningSkills.leave(again);
    RunningSkills.leave(b);
    assertEquals(2, CurrentSkill.depth());
    RunningSkills.leave(a);
    assertEquals(1, CurrentSkill.depth());
  }

  @Test
  void aMissedExitHarmsNoOther() {
    int a = enter(A);
    int b = enter(B);
    CurrentSkill.partial();

    assertEquals(RunningSkills.UNMARKED, RunningSkills.leave(a));
    assertEquals(1, CurrentSkill.depth());
    assertEquals(RunningSkills.UNMARKED, RunningSkills.leave(b));
    assertEquals(1, CurrentSkill.depth());
  }

  @Test
  void theUseBelongsToTheAspectAndTheJoinPointThatSawItFirst() {
    enter(A);

    assertEquals(RunningSkills.SEEN_ALREADY, RunningSkills.enter(A, JOIN_POINT, ASPECT + 1));
    assertEquals(RunningSkills.SEEN_ALREADY, RunningSkills.enter(A, JOIN_POINT + 1, ASPECT));
    assertEquals(2, CurrentSkill.depth());
  }

  @Test
  void aRecursionIsAnotherUse() {
    for (int i = 0; i < 3; i++) {
      assertNotEquals(RunningSkills.SEEN_ALREADY, enter(A));
      assertEquals(RunningSkills.SEEN_ALREADY, RunningSkills.enter(A, JOIN_POINT, ASPECT + 1));
    }
    assertEquals(4, CurrentSkill.depth());
  }

  /** Blocks have no method that others could have seen. */
  @Test
  void blocksAreAlwaysSeen() {
    assertNotEquals(RunningSkills.SEEN_ALREADY, RunningSkills.enter(0, 0, 0));
    assertNotEquals(RunningSkills.SEEN_ALREADY, RunningSkills.enter(0, 1, 1));
  }

  @Test
  void theInnermostSkillIsMarkedAndTheLastMarkWins() {
    int a = enter(A);
    assertTrue(CurrentSkill.partial());
    int b = enter(B);
    assertTrue(CurrentSkill.partial());
    assertTrue(CurrentSkill.skipped());

    assertEquals(Outcome.SKIPPED.ordinal(), RunningSkills.leave(b));
    assertEquals(Outcome.PARTIAL.ordinal(), RunningSkills.leave(a));
    assertEquals(RunningSkills.UNMARKED, RunningSkills.leave(enter(A)));
  }

  @Test
  void nothingIsMarkedWhereNothingRuns() {
    RunningSkills.leave(outermost);

    assertFalse(CurrentSkill.partial());
    assertFalse(CurrentSkill.skipped());
  }

  @Test
  void goesAsDeepAsTheProgram() {
    int depth = 100_000;
    int[] frames = new int[depth];
    for (int i = 0; i < depth; i++) {
      frames[i] = enter(A);
      RunningSkills.mark(i % 3);
    }
    assertEquals(depth + 1, CurrentSkill.depth());
    for (int i = depth - 1; i >= 0; i--) {
      assertEquals(i % 3, RunningSkills.leave(frames[i]));
    }
    assertEquals(1, CurrentSkill.depth());
  }

  @Test
  void eachThreadHasItsOwn() throws InterruptedException {
    int a = enter(A);
    AtomicInteger seen = new AtomicInteger(-1);
    Thread other =
        new Thread(
            () -> {
              RunningSkills.leave(a);
              RunningSkills.mark(1);
              seen.set(CurrentSkill.depth());
            });
    other.start();
    other.join();

    assertEquals(0, seen.get());
    assertEquals(2, CurrentSkill.depth());
    assertEquals(RunningSkills.UNMARKED, RunningSkills.leave(a));
  }

  private static int enter(int method) {
    return RunningSkills.enter(method, JOIN_POINT, ASPECT);
  }
}
