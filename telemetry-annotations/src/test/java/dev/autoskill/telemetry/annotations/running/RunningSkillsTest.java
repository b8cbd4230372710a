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
import java.util.concurrent.atomic.AtomicReference;
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
      running().leave(running().find(OUTERMOST, ASPECT));
      running().leave(1);
    }
    running().contextChanges(null);
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

    assertEquals(100, running().startNanos(nth(A, 1)));
    assertEquals(300, running().startNanos(nth(A, 2)));
    assertEquals(0, nth(A, 3));
    assertEquals(0, nth(A, 0));
    assertEquals(0, nth(OUTERMOST, 1));
  }

  @Test
  void whatIsForgottenTakesTheLaterEntriesAlong() {
    enter(A, 100);
    enter(B, 200);
    running().forget(OUTERMOST, ASPECT);
    running().forget(A, OTHER_ASPECT);
    assertEquals(2, CurrentSkill.depth());

    running().forget(A, ASPECT);

    assertEquals(0, CurrentSkill.depth());
  }

  @Test
  void theUseBelongsToTheWatcherThatSawItFirst() {
    enter(A, 100);
    enter(A, OTHER_ASPECT, 101);

    assertEquals(1, CurrentSkill.depth());
    assertEquals(0, running().find(A, OTHER_ASPECT));
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
      assertEquals(0, running().find(A, OTHER_ASPECT));
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
  void whatAThreadHasStaysTheSameAsLongAsSomebodyKeepsIt() throws InterruptedException {
    RunningSkills mine = running();
    assertSame(mine, running());
    assertSame(Thread.currentThread(), mine.get());

    letAnotherThreadTakeTheSlot();

    assertSame(mine, running());
    assertSame(mine, RunningSkills.ofThreadOrNull());
  }

  @Test
  void whatAThreadHasGoesOnWhenNobodyHasKeptIt() throws InterruptedException {
    running().contextChanges("a");
    enter(A, 100);
    running().contextChanges("b");
    enter(B, 200);
    CurrentSkill.partial();
    running().setBuffer(new Object());
    WeakReference<RunningSkills> before = new WeakReference<>(running());

    letAnotherThreadTakeTheSlot();
    System.gc();

    assertNull(before.get());
    assertNull(running().buffer());
    assertEquals(2, CurrentSkill.depth());
    assertEquals("b", contextOf(B));
    assertEquals(Outcome.PARTIAL.ordinal(), mark(B));
    assertEquals(200, leave(B));
    assertEquals("a", contextOf(A));
    assertEquals(100, leave(A));
  }

  /** Its code might be a skill, for which the thread's notes would be looked for again. */
  @Test
  void aThreadIsNotAskedForAnIdOfItsOwn() throws InterruptedException {
    AtomicReference<RunningSkills> found = new AtomicReference<>();
    Thread other =
        new Thread(
            () -> {
              RunningSkills first = running();
              found.set(first == running() ? first : null);
            }) {
          @Override
          public long getId() {
            throw new IllegalStateException();
          }
        };
    other.start();
    other.join();

    assertSame(other, found.get().get());
  }

  @Test
  void askingForNothingMakesNothing() throws InterruptedException {
    AtomicReference<RunningSkills> found = new AtomicReference<>(running());
    Thread other =
        new Thread(
            () -> {
              CurrentSkill.depth();
              CurrentSkill.partial();
              found.set(RunningSkills.ofThreadOrNull());
            });
    other.start();
    other.join();

    assertNull(found.get());
  }

  @Test
  void aSkillIsOfTheContextThatItWasEnteredIn() {
    running().contextChanges("a");
    enter(A, 100);
    running().contextChanges("b");
    enter(B, 200);
    enter(A, 300);
    running().contextChanges(null);
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
    running().contextChanges("a");

    assertNull(contextOf(A));
    leave(A);
    enter(A, 200);
    assertEquals("a", contextOf(A));
    running().contextChanges("b");
    running().contextChanges("c");
    assertEquals("a", contextOf(A));
  }

  @Test
  void whatASkillKeptIsForgottenWhenItOrASkillAroundItIsLeft() {
    enter(OUTERMOST, 0);
    WeakReference<Object> gone = enteredInAnotherContext(A, B);
    assertSame(gone.get(), contextOf(B));
    leave(A);

    enter(B, 300);
    running().contextChanges("b");
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
      running().contextChanges(i % 3 == 0 ? null : i);
      enter(A, i);
    }
    running().contextChanges("bottom");
    for (int i = depth - 1; i >= 0; i--) {
      assertEquals(i % 3 == 0 ? null : i, contextOf(A));
      leave(A);
    }
    enter(A, 0);
    assertEquals("bottom", contextOf(A));
  }

  /** A thread is found by its id, in an array of 1,024. */
  private static void letAnotherThreadTakeTheSlot() throws InterruptedException {
    long id = Thread.currentThread().getId();
    AtomicReference<RunningSkills> ofOther = new AtomicReference<>();
    Thread other = new Thread(() -> ofOther.set(running()));
    while ((other.getId() - id) % 1024 != 0) {
      other = new Thread(() -> ofOther.set(running()));
    }
    other.start();
    other.join();
    assertSame(other, ofOther.get().get());
  }

  private static WeakReference<Object> enteredInAnotherContext(int... skills) {
    Object context = new Object();
    running().contextChanges(context);
    for (int skill : skills) {
      enter(skill, 100);
    }
    running().contextChanges(null);
    return new WeakReference<>(context);
  }

  private static RunningSkills running() {
    return RunningSkills.ofThread();
  }

  private static Object contextOf(int skill) {
    return running().contextOf(running().find(skill, ASPECT));
  }

  private static void enter(int skill, long startNanos) {
    enter(skill, ASPECT, startNanos);
  }

  private static void enter(int skill, int watcher, long startNanos) {
    running().enter(skill, watcher, startNanos);
  }

  private static int nth(int skill, int nth) {
    return running().findNth(skill, ASPECT, nth);
  }

  private static int mark(int skill) {
    return running().markOf(running().find(skill, ASPECT));
  }

  private static long leave(int skill) {
    int frame = running().find(skill, ASPECT);
    long startNanos = running().startNanos(frame);
    running().leave(frame);
    return startNanos;
  }
}
