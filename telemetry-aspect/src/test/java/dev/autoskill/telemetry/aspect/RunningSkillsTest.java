package dev.autoskill.telemetry.aspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunningSkillsTest {

  private static final int A = 1;
  private static final int B = 2;
  private static final int OUTERMOST = 3;

  /** A test that fails leaves nothing to the next one. */
  @AfterEach
  void leaveAll() {
    RunningSkills.push(OUTERMOST, 0);
    while (true) {
      try {
        RunningSkills.pop(OUTERMOST);
      } catch (IllegalStateException nothingRuns) {
        return;
      }
    }
  }

  @Test
  void answersWhenTheSkillWasEntered() {
    RunningSkills.push(A, 100);

    assertEquals(100, RunningSkills.pop(A));
  }

  @Test
  void nests() {
    RunningSkills.push(A, 100);
    RunningSkills.push(B, 200);
    RunningSkills.push(A, 300);

    assertEquals(300, RunningSkills.pop(A));
    assertEquals(200, RunningSkills.pop(B));
    assertEquals(100, RunningSkills.pop(A));
  }

  @Test
  void aMissedExitHarmsNoOther() {
    RunningSkills.push(A, 100);
    RunningSkills.push(B, 200);

    assertEquals(100, RunningSkills.pop(A));
    assertThrows(IllegalStateException.class, () -> RunningSkills.pop(B));
  }

  @Test
  void aMissedEntryHarmsNoOther() {
    RunningSkills.push(A, 100);

    assertThrows(IllegalStateException.class, () -> RunningSkills.pop(B));
    assertEquals(100, RunningSkills.pop(A));
    assertThrows(IllegalStateException.class, () -> RunningSkills.pop(A));
  }

  @Test
  void goesAsDeepAsTheProgram() {
    int depth = 100_000;
    for (int i = 0; i < depth; i++) {
      RunningSkills.push(A, i);
    }
    for (int i = depth - 1; i >= 0; i--) {
      assertEquals(i, RunningSkills.pop(A));
    }
    assertThrows(IllegalStateException.class, () -> RunningSkills.pop(A));
    RunningSkills.push(A, 7);
    assertEquals(7, RunningSkills.pop(A));
  }

  @Test
  void eachThreadHasItsOwn() throws InterruptedException {
    RunningSkills.push(A, 100);
    Thread other =
        new Thread(() -> assertThrows(IllegalStateException.class, () -> RunningSkills.pop(A)));
    other.start();
    other.join();

    assertEquals(100, RunningSkills.pop(A));
  }
}
