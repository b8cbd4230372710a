package dev.autoskill.telemetry.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UseQueueTest {

  private static final Skill SKILL = Skill.named("a");

  @Test
  void isTakenOldestFirst() {
    UseQueue queue = new UseQueue(10);
    assertTrue(queue.offer(use(1)));
    assertTrue(queue.offer(use(2)));
    assertTrue(queue.offer(use(3)));
    assertEquals(3, queue.size());
    assertEquals(3, queue.count());

    assertEquals(List.of(1L, 2L, 3L), taken(queue));
    assertEquals(0, queue.size());
    assertTrue(queue.isEmpty());
    assertNull(queue.oldest());
  }

  @Test
  void refusesTheNewestWhenItIsFull() {
    UseQueue queue = new UseQueue(2);
    queue.offer(use(1));
    queue.offer(use(2));

    assertFalse(queue.offer(use(3)));
    queue.removeOldest();
    assertTrue(queue.offer(use(4)));
    assertFalse(queue.offer(use(5)));
    assertEquals(List.of(2L, 4L), taken(queue));
  }

  @Test
  void losesNothingBetweenManyProducersAndOneConsumerAndKeepsEachProducersOrder()
      throws InterruptedException {
    int producers = 4;
    long uses = 50_000;
    UseQueue queue = new UseQueue(Integer.MAX_VALUE);
    CountDownLatch running = new CountDownLatch(producers);
    for (int p = 0; p < producers; p++) {
      long producer = p;
      Thread thread =
          new Thread(
              () -> {
                for (long i = 0; i < uses; i++) {
                  queue.offer(use(i * producers + producer));
                }
                running.countDown();
              });
      thread.start();
    }
    long[] next = new long[producers];
    long taken = 0;
    while (taken < producers * uses) {
      for (long endTime : taken(queue)) {
        int producer = (int) (endTime % producers);
        assertEquals(next[producer]++, endTime / producers);
        taken++;
      }
    }
    running.await();
    assertTrue(queue.isEmpty());
    assertNull(queue.oldest());
    assertEquals(0, queue.size());
  }

  /** Each frame on the way back offers, so that the stack ends at another call each time. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aStackOverflowAmidAnOfferHarmsNoLaterOne() throws InterruptedException {
    int capacity = 100;
    UseQueue queue = new UseQueue(capacity);
    long[] offered = new long[1];
    int[] overflows = new int[1];
    for (int round = 0; round < 200; round++) {
      int depth = round;
      Thread deep =
          new Thread(
              null,
              () -> offerWhereTheStackEnds(queue, offered, overflows, depth),
              "deep",
              1 << 18);
      deep.start();
      deep.join();
      long queued = queue.count();
      assertTrue(queued >= offered[0], () -> queued + " are queued of " + offered[0]);
      assertEquals(queued, taken(queue).size());
      offered[0] = 0;
    }
    assertTrue(overflows[0] > 0);

    for (int i = 0; i < capacity; i++) {
      assertTrue(queue.offer(use(i)));
    }
    assertFalse(queue.offer(use(capacity)));
    assertEquals(capacity, taken(queue).size());
  }

  private static void offerWhereTheStackEnds(
      UseQueue queue, long[] offered, int[] overflows, int padding) {
    try {
      offerWhereTheStackEnds(queue, offered, overflows, padding);
    } catch (StackOverflowError end) {
      try {
        if (queue.offer(use(padding))) {
          offered[0]++;
        }
      } catch (StackOverflowError again) {
        overflows[0]++;
        throw again;
      }
    }
  }

  private static QueuedUse use(long endNanos) {
    return new QueuedUse(SKILL, null, null, Outcome.SUCCESS, 0, endNanos);
  }

  private static List<Long> taken(UseQueue queue) {
    List<Long> endTimes = new ArrayList<>();
    for (QueuedUse use = queue.oldest(); use != null; use = queue.oldest()) {
      endTimes.add(use.endNanos());
      queue.removeOldest();
    }
    return endTimes;
  }
}
