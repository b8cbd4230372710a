package dev.autoskill.telemetry.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeMapper;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may go wrong there, and closing while others come. */
class OutcomeThreadTest {

  private static final int ROUNDS = 2000;

  private final CountingRecorder recorder = new CountingRecorder();

  @Test
  void aQuestionThatComesWhileItIsClosedIsRecorded() throws InterruptedException {
    for (int round = 1; round <= ROUNDS; round++) {
      OutcomeThread thread = open();
      CountDownLatch start = new CountDownLatch(1);
      Thread closing = new Thread(() -> closeAfter(start, thread));
      closing.start();
      start.countDown();
      thread.ask(new Question(EndedUses.skill(), null, "ending", Outcome.SUCCESS, 0, 1));
      closing.join();
      thread.settle(TimeUnit.SECONDS.toNanos(30));

      assertEquals(round, recorder.recorded());
    }
  }

  @Test
  void aFutureThatComesWhileItIsClosedIsAbandoned() {
    OutcomeThread thread = open();
    AtomicInteger abandoned = new AtomicInteger();

    boolean isWatched =
        thread.watch(
            new Watched(0) {
              @Override
              void countIn(AtomicInteger all) {
                super.countIn(all);
                thread.close();
              }

              @Override
              boolean isOver() {
                return false;
              }

              @Override
              void giveUp(Throwable fault) {}

              @Override
              void abandon() {
                abandoned.incrementAndGet();
              }
            });

    assertTrue(isWatched);
    assertEquals(1, abandoned.get());
  }

  static Stream<Throwable> faults() {
    return Stream.of(
        new IllegalStateException(),
        new StackOverflowError(),
        new NoClassDefFoundError(),
        new OutOfMemoryError());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultCostsTheUseThatItHits(Throwable fault) {
    UseEndings endings = new UseEndings(8, recorder.recorder(), recorder.faults());
    SkillDefinition mapped = EndedUses.skill(OutcomeOrderTest.ByText.class);
    FutureTask<String> done = new FutureTask<>(() -> "");
    done.run();

    for (Runnable use :
        List.<Runnable>of(
            () -> endings.returned(null, mapped, null, "partial", null, 0, 1),
            () -> endings.returned(null, EndedUses.skill(), null, done, null, 0, 1))) {
      long faultsBefore = recorder.faults().count();
      long recordedBefore = recorder.recorded();
      recorder.failOnce(fault);
      use.run();
      assertTrue(endings.settle(EndedUses.PATIENCE));
      assertEquals(faultsBefore + 1, recorder.faults().count());
      assertEquals(recordedBefore, recorder.recorded());

      use.run();
      assertTrue(endings.settle(EndedUses.PATIENCE));
      assertEquals(faultsBefore + 1, recorder.faults().count());
      assertEquals(recordedBefore + 1, recorder.recorded());
    }
    endings.close(EndedUses.PATIENCE);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultAtTheEndCostsTheUseThatItHits(Throwable fault) throws InterruptedException {
    OutcomeThread thread = open();
    SkillDefinition slow = EndedUses.skill(Slow.class);
    Slow ending = new Slow();
    for (int i = 0; i < 3; i++) {
      assertTrue(thread.ask(new Question(slow, null, ending, Outcome.SUCCESS, 0, 1)));
    }
    ending.entered.await();
    recorder.failOnce(fault);

    thread.close();

    assertEquals(1, recorder.faults().count());
    assertEquals(2, recorder.recorded());
    assertTrue(thread.settle(0));
    ending.release.countDown();
  }

  /** Asked about itself, it takes its time. */
  public static final class Slow implements OutcomeMapper<Slow> {

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    public Slow() {}

    @Override
    public Class<Slow> type() {
      return Slow.class;
    }

    @Override
    public Outcome outcomeOf(Slow ending) {
      ending.entered.countDown();
      try {
        ending.release.await(EndedUses.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return Outcome.PARTIAL;
    }
  }

  private OutcomeThread open() {
    return new OutcomeThread(
        8, TimeUnit.SECONDS.toNanos(1), recorder.recorder(), recorder.faults());
  }

  private static void closeAfter(CountDownLatch start, OutcomeThread thread) {
    try {
      start.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    thread.close();
  }
}
