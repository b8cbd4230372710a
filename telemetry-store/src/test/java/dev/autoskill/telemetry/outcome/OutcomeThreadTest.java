package dev.autoskill.telemetry.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeMapper;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.listener.Extensions;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures on that thread, and closing while others come. */
class OutcomeThreadTest {

  private static final int ROUNDS = 2000;
  private static final int CAPACITY = 8;

  private final CountingRecorder recorder = new CountingRecorder();

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aUseThatEndsWhileItIsClosedIsRecorded() throws InterruptedException {
    SkillDefinition mapped = EndedUses.skill(OutcomeOrderTest.ByText.class);
    for (int round = 1; round <= ROUNDS; round++) {
      UseEndings endings = open();
      CountDownLatch start = new CountDownLatch(1);
      Thread closing = new Thread(() -> closeAfter(start, endings));
      closing.start();
      start.countDown();
      endings.ended(mapped, null, "ending", null, null, 0, 1);
      closing.join();
      // The thread may be about to record a use that it answered before the end.
      while (recorder.recorded() < round) {
        Thread.onSpinWait();
      }

      assertEquals(round, recorder.recorded());
      assertEquals(0, recorder.dropped());
    }
  }

  @Test
  void asManyQuestionsWaitAsThereIsRoomForAndTheOthersCountAsDropped() throws Exception {
    UseEndings endings = open();
    SkillDefinition slow = EndedUses.skill(Slow.class);
    Slow ending = new Slow();
    endings.ended(slow, null, ending, null, null, 0, 1);
    ending.entered.await();
    for (int i = 0; i < CAPACITY + 3; i++) {
      endings.ended(slow, null, ending, null, null, 0, 1);
    }
    assertEquals(3, recorder.dropped());
    ending.release.countDown();

    endings.close(EndedUses.after(EndedUses.PATIENCE));

    assertEquals(CAPACITY + 1, recorder.recorded());
    assertEquals(0, recorder.faults().count());
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
    UseEndings endings = open();
    SkillDefinition mapped = EndedUses.skill(OutcomeOrderTest.ByText.class);
    recorder.failOnce(fault);
    endings.ended(mapped, null, "partial", null, null, 0, 1);
    assertTrue(endings.settle(EndedUses.after(EndedUses.PATIENCE)));
    assertEquals(1, recorder.faults().count());
    assertEquals(0, recorder.recorded());

    endings.ended(mapped, null, "partial", null, null, 0, 1);
    assertTrue(endings.settle(EndedUses.after(EndedUses.PATIENCE)));
    assertEquals(1, recorder.faults().count());
    assertEquals(1, recorder.recorded());
    endings.close(EndedUses.after(EndedUses.PATIENCE));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultAtTheEndCostsTheUseThatItHits(Throwable fault) throws InterruptedException {
    UseEndings endings = open();
    SkillDefinition slow = EndedUses.skill(Slow.class);
    Slow ending = new Slow();
    for (int i = 0; i < 3; i++) {
      endings.ended(slow, null, ending, null, null, 0, 1);
    }
    ending.entered.await();
    recorder.failOnce(fault);

    endings.close(System.nanoTime());

    assertEquals(1, recorder.faults().count());
    assertEquals(2, recorder.recorded());
    assertTrue(endings.settle(System.nanoTime()));
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

  private UseEndings open() {
    Faults faults = recorder.faults();
    Extensions none =
        Extensions.of(
            List.of(),
            null,
            null,
            false,
            SkillContext.UNKNOWN_AGENT,
            Environment.of(Map.of()),
            TimeSource.system(),
            faults);
    return new UseEndings(CAPACITY, recorder.recorder(), none.observers(), faults);
  }

  private static void closeAfter(CountDownLatch start, UseEndings endings) {
    try {
      start.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    endings.close(System.nanoTime());
  }
}
