package dev.autoskill.telemetry.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.error.RecordedEvent;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.recording.UseQueue.QueuedUse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UseQueueTest {

  private static final int USES = 500;
  private static final Skill SKILL = Skill.named("a");

  private final Faults faults = new Faults(null);
  private final FailingClock clock = new FailingClock();
  private final UseQueue queue = queue(10 * USES);

  private long recorded;

  @Test
  void eventsAreTakenOldestFirstHoweverTheyCameIn() {
    add(queue, 1);
    queue.add(SkillUse.of("b"), false);
    add(queue, 1);
    assertEquals(3, queue.accepted());

    assertEquals(List.of("a", "b"), names(queue.take(2)));
    List<RecordedEvent> rest = queue.take(2);
    assertEquals(List.of("a"), names(rest));
    assertTrue(queue.isEmpty());
    assertEquals(3, queue.accepted());
  }

  @Test
  void idsRiseInTheOrderOfRecording() {
    for (int i = 0; i < USES; i++) {
      add(queue, 1);
      queue.add(SkillUse.of("b"), false);
    }

    List<String> ids = queue.take(2 * USES).stream().map(each -> each.event().id()).toList();

    assertEquals(2 * USES, ids.size());
    assertEquals(ids.stream().sorted().distinct().toList(), ids);
  }

  @Test
  void dropsTheNewestWhenItIsFull() {
    UseQueue small = queue(10);
    for (int i = 0; i < 9; i++) {
      small.add(SkillUse.of("b"), false);
    }
    add(small, 10);
    small.add(SkillUse.of("c"), false);
    add(small, 10);

    assertEquals(10, small.accepted());
    assertEquals(9 + 1 + 10, small.dropped());
    assertEquals(10, small.take(100).size());
    small.add(SkillUse.of("c"), false);
    assertEquals(List.of("c"), names(small.take(100)));
  }

  @Test
  void losesNothingBetweenManyProducersAndOneConsumer() throws InterruptedException {
    int producers = 4;
    int uses = 50_000;
    UseQueue large = queue(Integer.MAX_VALUE);
    CountDownLatch running = new CountDownLatch(producers);
    for (int p = 0; p < producers; p++) {
      Thread thread =
          new Thread(
              () -> {
                add(large, uses);
                running.countDown();
              });
      thread.start();
    }
    long taken = 0;
    while (taken < (long) producers * uses) {
      taken += large.take(1000).size();
    }
    running.await();
    assertTrue(large.isEmpty());
    assertEquals((long) producers * uses, large.accepted());
    assertEquals(0, large.dropped());
  }

  /** The last place stays free, however a caller's look at the queue falls between the taker's. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void dropsNothingWhileItIsTakenOver() throws InterruptedException {
    int rounds = 200_000;
    int uses = 8;
    UseQueue small = queue(uses + 1);
    AtomicLong taken = new AtomicLong();
    AtomicBoolean isOver = new AtomicBoolean();
    Thread taker =
        new Thread(
            () -> {
              while (!isOver.get()) {
                taken.addAndGet(small.take(uses).size());
              }
            });
    taker.start();
    for (long round = 1; round <= rounds && small.dropped() == 0; round++) {
      add(small, uses);
      while (taken.get() + small.dropped() < round * uses) {
        Thread.onSpinWait();
      }
    }
    isOver.set(true);
    taker.join();

    assertEquals(0, small.dropped());
  }

  /** Each frame on the way back adds, so that the stack ends at another call each time. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aStackOverflowAmidAnAdditionHarmsNoLaterOne() throws InterruptedException {
    int capacity = 100;
    UseQueue small = queue(capacity);
    long[] added = new long[1];
    int[] overflows = new int[1];
    for (int round = 0; round < 200; round++) {
      int depth = round;
      Thread deep =
          new Thread(
              null, () -> addWhereTheStackEnds(small, added, overflows, depth), "deep", 1 << 18);
      deep.start();
      deep.join();
      int taken = small.take(Integer.MAX_VALUE).size();
      assertTrue(taken + small.dropped() >= added[0], () -> taken + " came of " + added[0]);
      added[0] = small.dropped();
    }
    assertTrue(overflows[0] > 0);

    long dropped = small.dropped();
    add(small, capacity + 1);
    assertEquals(dropped + 1, small.dropped());
    assertEquals(capacity, small.take(Integer.MAX_VALUE).size());
  }

  private static void addWhereTheStackEnds(
      UseQueue queue, long[] added, int[] overflows, int padding) {
    try {
      addWhereTheStackEnds(queue, added, overflows, padding);
    } catch (StackOverflowError end) {
      try {
        queue.add(use(padding));
        added[0]++;
      } catch (StackOverflowError again) {
        overflows[0]++;
        throw again;
      }
    }
  }

  @Test
  void nobodyWaitsForAUseOfWhichNoEventCanBeMade() {
    add(queue, 1);
    queue.add(new QueuedUse(SKILL, null, null, Outcome.UNRECOGNISED, 1, 1));
    add(queue, 1);

    int taken = queue.take(Integer.MAX_VALUE).size();

    assertEquals(2, taken);
    assertEquals(1, queue.failed());
    assertEquals(3, queue.accepted());
    assertEquals(1, faults.count());
  }

  @Test
  void keepsUsesOfWhichNoEventCanBeMadeForWantOfMemory() {
    add(queue, USES);
    clock.failIn = 0;
    assertThrows(OutOfMemoryError.class, () -> queue.add(SkillUse.of("b"), false));

    assertFalse(queue.isEmpty());
    assertEquals(USES, queue.accepted());
    add(queue, 1);
    assertEquals(USES + 1, queue.accepted());
    assertEquals(USES + 1, queue.take(Integer.MAX_VALUE).size());
    assertTrue(queue.isEmpty());
    assertEquals(0, queue.dropped());
  }

  @Test
  void longTextsTakeUpSeveralPlacesAndThoseOfAnnotationsNone() {
    UseQueue small = queue(100);
    String text = "x".repeat(1000);
    for (int i = 0; i < 100; i++) {
      small.add(new QueuedUse(new Skill(text, text), null, null, Outcome.SUCCESS, 1, i));
      small.add(SkillUse.of(text, text), false);
    }
    assertTrue(small.accepted() < 20, small.accepted() + " were accepted");
    small.take(Integer.MAX_VALUE);

    for (int i = 0; i < 100; i++) {
      small.add(new QueuedUse(new Skill(text, text, true), null, null, Outcome.SUCCESS, 1, i));
    }
    assertEquals(100, small.take(Integer.MAX_VALUE).size());
    assertTrue(small.take(1).isEmpty());
    add(small, 1000);
    assertEquals(100, small.take(Integer.MAX_VALUE).size());
  }

  /** The writer may take a use before its caller has counted it. */
  @Test
  void countsEachUseOnceHoweverQuicklyItIsTaken() throws InterruptedException {
    int rounds = 100_000;
    AtomicInteger next = new AtomicInteger();
    AtomicInteger added = new AtomicInteger();
    Thread caller =
        new Thread(
            () -> {
              for (int round = 1; round <= rounds; round++) {
                while (next.get() < round) {
                  Thread.onSpinWait();
                }
                add(queue, 1);
                added.set(round);
              }
            });
    caller.start();
    int miscounted = 0;
    for (int round = 1; round <= rounds; round++) {
      next.set(round);
      int taken = 0;
      while (taken == 0 || added.get() < round) {
        taken += queue.take(1).size();
      }
      miscounted += queue.accepted() == round ? 0 : 1;
    }
    caller.join();

    assertEquals(0, miscounted);
  }

  /** The end of the process asks while the writer takes the only use. */
  @Test
  void isUsedFromTheFirstUseOn() throws InterruptedException {
    int rounds = 2_000;
    AtomicReference<UseQueue> next = new AtomicReference<>();
    AtomicBoolean isOver = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              while (!isOver.get()) {
                UseQueue used = next.get();
                if (used != null) {
                  used.take(1);
                  next.set(null);
                }
              }
            });
    writer.start();
    int unused = 0;
    for (int round = 0; round < rounds; round++) {
      UseQueue used = queue(10);
      add(used, 1);
      next.set(used);
      while (next.get() != null) {
        unused += used.accepted() == 0 ? 1 : 0;
      }
    }
    isOver.set(true);
    writer.join();

    assertEquals(0, unused);
  }

  @Test
  void losesNothingWhereverInItsWorkTheStackEnds() throws InterruptedException {
    int[] rounds = {0};
    Thread deep =
        new Thread(
            null,
            () -> {
              for (; rounds[0] < 20; rounds[0]++) {
                add(queue, USES / 10);
                recordWhereTheStackEnds();
              }
            },
            "deep",
            256 * 1024);
    deep.start();
    deep.join();

    assertEquals(20, rounds[0]);
    long accepted = queue.accepted();
    List<RecordedEvent> taken = queue.take(Integer.MAX_VALUE);
    assertEquals(accepted, taken.size());
    long tracked = taken.stream().filter(use -> use.event().skillName().equals("a")).count();
    assertEquals(20 * (USES / 10), tracked);
    // A caller whose stack ended on the way back does not know that the use was recorded.
    assertTrue(taken.size() - tracked >= recorded, recorded + " were recorded");
    assertEquals(0, queue.dropped());
  }

  /** Every frame on the way back tries, so that the stack ends at a place further on each time. */
  private void recordWhereTheStackEnds() {
    try {
      recordWhereTheStackEnds();
    } catch (StackOverflowError end) {
      queue.add(SkillUse.of("b"), false);
      recorded++;
    }
  }

  private UseQueue queue(int capacity) {
    Recorder.Options options =
        TestRecorders.options(
            Path.of("none"), capacity, null, TestRecorders.StoreThatTakesAll::new, clock, faults);
    // As the writer's thread does, before a stack ends in the initialiser of a class.
    options.guard().prepare();
    return new UseQueue(options);
  }

  private static void add(UseQueue queue, int uses) {
    for (int i = 0; i < uses; i++) {
      queue.add(use(i));
    }
  }

  private static QueuedUse use(long endNanos) {
    return new QueuedUse(SKILL, null, null, Outcome.SUCCESS, 1, endNanos);
  }

  private static List<String> names(List<RecordedEvent> events) {
    return events.stream().map(each -> each.event().skillName()).toList();
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
