package dev.autoskill.telemetry.annotations.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.CurrentSkill;
import dev.autoskill.telemetry.annotations.Outcome;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunningSkillsTest {

  private static final int A = 1;
  private static final int B = 2;
  private static final int OUTERMOST = 3;
  private static final int ASPECT = 1;
  private static final int OTHER_ASPECT = 2;

  /** A test that fails leaves nothing to the next one. */
  @AfterEach
  void leaveAll() {
    while (CurrentSkill.depth() > 0) {
      enter(OUTERMOST, 0);
      int outermost = RunningSkills.find(RunningSkills.ofThread(), OUTERMOST, ASPECT);
      RunningSkills.leave(RunningSkills.ofThread(), outermost);
      RunningSkills.leave(RunningSkills.ofThread(), 1);
    }
    RunningSkills.contextChanges(null);
  }

  @Test
  void answersWhenTheSkillWasEntered() {
    enter(A, 100);

    assertEquals(100, leave(A));
  }

  @Test
  void nests() {
    enter(A, 100);
    enter(B, 200);
    enter(A, 300);

    assertEquals(3, CurrentSkill.depth());
    assertEquals(300, leave(A));
    assertEquals(200, leave(B));
    assertEquals(100, leave(A));
    assertEquals(0, CurrentSkill.depth());
  }

  @Test
  void aMissedExitHarmsNoOther() {
    enter(A, 100);
    enter(B, 200);

    assertEquals(100, leave(A));
    assertThrows(IllegalStateException.class, () -> leave(B));
  }

  @Test
  void aMissedEntryHarmsNoOther() {
    enter(A, 100);

    assertThrows(IllegalStateException.class, () -> leave(B));
    assertEquals(100, leave(A));
    assertThrows(IllegalStateException.class, () -> leave(A));
  }

  @Test
  void entriesAreCountedFromTheOutermostOne() {
    enter(A, 100);
    enter(B, 200);
    enter(A, 300);
    Object[] thread = RunningSkills.ofThread();

    assertEquals(100, RunningSkills.startNanos(thread, nth(A, 1)));
    assertEquals(300, RunningSkills.startNanos(thread, nth(A, 2)));
    assertEquals(0, nth(A, 3));
    assertEquals(0, nth(A, 0));
    assertEquals(0, nth(OUTERMOST, 1));
  }

  @Test
  void whatIsForgottenTakesTheLaterEntriesAlong() {
    enter(A, 100);
    enter(B, 200);
    RunningSkills.forget(RunningSkills.ofThread(), OUTERMOST, ASPECT);
    RunningSkills.forget(RunningSkills.ofThread(), A, OTHER_ASPECT);
    assertEquals(2, CurrentSkill.depth());

    RunningSkills.forget(RunningSkills.ofThread(), A, ASPECT);

    assertEquals(0, CurrentSkill.depth());
  }

  @Test
  void theUseBelongsToTheWatcherThatSawItFirst() {
    enter(A, 100);
    enter(A, OTHER_ASPECT, 101);

    assertEquals(1, CurrentSkill.depth());
    assertEquals(0, RunningSkills.find(RunningSkills.ofThread(), A, OTHER_ASPECT));
    assertEquals(100, leave(A));
  }

  @Test
  void aRecursionIsAnotherUseForAllWatchers() {
    for (long start = 100; start <= 300; start += 100) {
      enter(A, start);
      enter(A, OTHER_ASPECT, start + 1);
    }
    assertEquals(3, CurrentSkill.depth());

    for (long start = 300; start >= 100; start -= 100) {
      assertEquals(0, RunningSkills.find(RunningSkills.ofThread(), A, OTHER_ASPECT));
      assertEquals(start, leave(A));
    }
  }

  @Test
  void theInnermostSkillIsMarked() {
    enter(A, 100);
    assertTrue(CurrentSkill.partial());
    enter(B, 200);

    assertEquals(RunningSkills.UNMARKED, mark(B));
    assertTrue(CurrentSkill.partial());
    assertTrue(CurrentSkill.skipped());
    assertEquals(Outcome.SKIPPED.ordinal(), mark(B));
    leave(B);
    assertEquals(Outcome.PARTIAL.ordinal(), mark(A));
    leave(A);
    enter(A, 300);
    assertEquals(RunningSkills.UNMARKED, mark(A));
  }

  @Test
  void nothingIsMarkedWhereNothingRuns() {
    assertFalse(CurrentSkill.partial());
    enter(A, 100);
    leave(A);
    assertFalse(CurrentSkill.skipped());
  }

  @Test
  void goesAsDeepAsTheProgram() {
    int depth = 100_000;
    for (int i = 0; i < depth; i++) {
      enter(A, i);
    }
    for (int i = depth - 1; i >= 0; i--) {
      assertEquals(i, leave(A));
    }
    assertThrows(IllegalStateException.class, () -> leave(A));
    enter(A, 7);
    assertEquals(7, leave(A));
  }

  @Test
  void eachThreadHasItsOwn() throws InterruptedException {
    enter(A, 100);
    Thread other = new Thread(() -> assertThrows(IllegalStateException.class, () -> leave(A)));
    other.start();
    other.join();

    assertEquals(100, leave(A));
  }

  @Test
  void aThreadHasItsBufferForAsLongAsSomebodyElseKeepsIt() {
    Object[] thread = RunningSkills.ofThread();
    assertNull(RunningSkills.bufferOf(thread));
    Object buffer = new Object();
    WeakReference<Object> reference = new WeakReference<>(buffer);
    RunningSkills.setBuffer(thread, reference);
    assertSame(buffer, RunningSkills.bufferOf(RunningSkills.ofThread()));

    buffer = null;
    System.gc();
    assertNull(reference.get());
    assertNull(RunningSkills.bufferOf(thread));
  }

  @Test
  void aSkillIsOfTheContextThatItWasEnteredIn() {
    RunningSkills.contextChanges("a");
    enter(A, 100);
    RunningSkills.contextChanges("b");
    enter(B, 200);
    enter(A, 300);
    RunningSkills.contextChanges(null);
    enter(B, 400);

    assertNull(contextOf(B));
    leave(B);
    assertEquals("b", contextOf(A));
    leave(A);
    assertEquals("b", contextOf(B));
    leave(B);
    assertEquals("a", contextOf(A));
  }

  @Test
  void theFirstContextThatIsOpenedWithinASkillIsNotItsOwn() {
    enter(A, 100);
    RunningSkills.contextChanges("a");

    assertNull(contextOf(A));
    leave(A);
    enter(A, 200);
    assertEquals("a", contextOf(A));
    RunningSkills.contextChanges("b");
    RunningSkills.contextChanges("c");
    assertEquals("a", contextOf(A));
  }

  @Test
  void whatASkillKeptIsForgottenWhenItOrASkillAroundItIsLeft() {
    enter(OUTERMOST, 0);
    WeakReference<Object> gone = enteredInAnotherContext(A, B);
    assertSame(gone.get(), contextOf(B));
    leave(A);

    enter(B, 300);
    RunningSkills.contextChanges("b");
    enter(A, 400);
    assertEquals("b", contextOf(A));
    assertNull(contextOf(B));
    System.gc();
    assertNull(gone.get());
  }

  @Test
  void contextsGoAsDeepAsTheProgram() {
    int depth = 10_000;
    for (int i = 0; i < depth; i++) {
      RunningSkills.contextChanges(i % 3 == 0 ? null : i);
      enter(A, i);
    }
    RunningSkills.contextChanges("bottom");
    for (int i = depth - 1; i >= 0; i--) {
      assertEquals(i % 3 == 0 ? null : i, contextOf(A));
      leave(A);
    }
    enter(A, 0);
    assertEquals("bottom", contextOf(A));
  }

  private static WeakReference<Object> enteredInAnotherContext(int... skills) {
    Object context = new Object();
    RunningSkills.contextChanges(context);
    for (int skill : skills) {
      enter(skill, 100);
    }
    RunningSkills.contextChanges(null);
    return new WeakReference<>(context);
  }

  private static Object contextOf(int skill) {
    Object[] thread = RunningSkills.ofThread();
    return RunningSkills.contextOf(thread, RunningSkills.find(thread, skill, ASPECT));
  }

  private static void enter(int skill, long startNanos) {
    enter(skill, ASPECT, startNanos);
  }

  private static void enter(int skill, int watcher, long startNanos) {
    RunningSkills.enter(RunningSkills.ofThread(), skill, watcher, startNanos);
  }

  private static int nth(int skill, int nth) {
    return RunningSkills.findNth(RunningSkills.ofThread(), skill, ASPECT, nth);
  }

  private static int mark(int skill) {
    Object[] thread = RunningSkills.ofThread();
    return RunningSkills.markOf(thread, RunningSkills.find(thread, skill, ASPECT));
  }

  private static long leave(int skill) {
    Object[] thread = RunningSkills.ofThread();
    int frame = RunningSkills.find(thread, skill, ASPECT);
    long startNanos = RunningSkills.startNanos(thread, frame);
    RunningSkills.leave(thread, frame);
    return startNanos;
  }
}
