package dev.autoskill.telemetry.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
import dev.autoskill.telemetry.event.Skill;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UseQueueTest {

  private static final Skill SKILL = Skill.named("a");

  @Test
  void isTakenOldestFirst() {
    UseQueue queue = new UseQueue(10);
    assertEquals(1, queue.offer(use(1)));
    assertEquals(2, queue.offer(use(2)));
    assertEquals(3, queue.offer(use(3)));
    assertEquals(3, queue.size());

    assertEquals(List.of(1L, 2L, 3L), endTimes(queue.takeAll()));
    assertEquals(0, queue.size());
    assertNull(queue.takeAll());
  }

  @Test
  void refusesTheNewestWhenItIsFull() {
    UseQueue queue = new UseQueue(2);
    queue.offer(use(1));
    queue.offer(use(2));

    assertEquals(0, queue.offer(use(3)));
    assertEquals(List.of(1L, 2L), endTimes(queue.takeAll()));
    assertEquals(1, queue.offer(use(4)));
  }

  @Test
  void isTakenInTheOrderOfTheEndsWhichEverThreadsTheyWereOn() throws InterruptedException {
    UseQueue queue = new UseQueue(100, 4);
    List<Long> ends = new ArrayList<>();
    for (long i = -12; i < 12; i++) {
      long end = Long.MAX_VALUE + i;
      onThreadOfItsOwn(() -> queue.offer(use(end)));
    }
    assertEquals(24, queue.size());

    for (QueuedUse use = queue.takeAll(); use != null; use = use.next) {
      ends.add(use.endNanos - Long.MAX_VALUE);
    }

    assertEquals(LongStream.range(-12, 12).boxed().toList(), ends);
  }

  @Test
  void oneThreadMayUseTheRoomOfAll() {
    UseQueue queue = new UseQueue(10, 4);
    for (int i = 1; i <= 10; i++) {
      assertEquals(i, queue.offer(use(i)));
    }
    assertEquals(0, queue.offer(use(11)));
    assertEquals(10, endTimes(queue.takeAll()).size());
  }

  @Test
  void isFullForAllWhoeverFilledIt() throws InterruptedException {
    UseQueue queue = new UseQueue(10, 4);
    for (int thread = 0; thread < 8; thread++) {
      onThreadOfItsOwn(
          () -> {
            for (int i = 0; i < 3; i++) {
              queue.offer(use(i));
            }
          });
    }
    int inFull = queue.size();

    assertTrue(inFull >= 10 && inFull <= 4 * (10 / 4) + 10, () -> inFull + " are queued");
    assertEquals(0, queue.offer(use(9)));
    assertEquals(inFull, endTimes(queue.takeAll()).size());
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
      for (long endTime : endTimes(queue.takeAll())) {
        int producer = (int) (endTime % producers);
        assertEquals(next[producer]++, endTime / producers);
        taken++;
      }
    }
    running.await();
    assertNull(queue.takeAll());
  }

  @Test
  void aThreadHasABufferOnceTheyAreReady() {
    UseQueue queue = new UseQueue(1024);
    RunningSkills running = RunningSkills.ofThread();
    queue.giveBuffer(running);
    assertNull(queue.bufferOf(running));
    queue.prepareBuffers();
    queue.giveBuffer(running);

    assertNotNull(queue.bufferOf(running));
    assertNull(new UseQueue(1024).bufferOf(running), "it is another queue's");
  }

  @Test
  void aSmallQueueHasNone() {
    UseQueue queue = new UseQueue(1023);
    queue.prepareBuffers();
    queue.giveBuffer(RunningSkills.ofThread());

    assertNull(queue.bufferOf(RunningSkills.ofThread()));
  }

  @Test
  void whatIsInBuffersIsTakenInTheOrderOfTheEndsToo() {
    UseQueue queue = withBuffer(1024);
    UseBuffer buffer = queue.bufferOf(RunningSkills.ofThread());
    queue.offer(use(2));
    offer(buffer, 1);
    offer(buffer, 3);
    queue.offer(use(4));
    assertEquals(4, queue.size());

    assertEquals(List.of(1L, 2L, 3L, 4L), endTimes(queue.takeAll()));
    assertEquals(0, queue.size());
    assertNull(queue.takeAll());
    assertEquals(1, offer(buffer, 5));
  }

  @Test
  void whatIsAddedToABufferThatIsReleasedIsNotLost() {
    UseQueue queue = withBuffer(1024);
    UseBuffer buffer = queue.bufferOf(RunningSkills.ofThread());
    queue.releaseBuffers();
    assertNull(queue.bufferOf(RunningSkills.ofThread()));
    offer(buffer, 1);

    assertEquals(List.of(1L), endTimes(queue.takeAll()));
  }

  @Test
  void buffersHoldAPartOfTheQueueAndNotMore() {
    UseQueue queue = withBuffer(1024);
    UseBuffer buffer = queue.bufferOf(RunningSkills.ofThread());
    int count = 0;
    while (offer(buffer, count) > 0) {
      count++;
    }
    assertEquals(64, count);
    while (queue.offer(use(count)) > 0) {
      count++;
    }

    assertEquals(1024, count);
    assertEquals(1024, endTimes(queue.takeAll()).size());
  }

  @Test
  void aFullQueueGivesNoBuffer() {
    UseQueue queue = new UseQueue(1024);
    queue.prepareBuffers();
    int count = 0;
    while (queue.offer(use(count)) > 0) {
      count++;
    }
    queue.giveBuffer(RunningSkills.ofThread());
    assertNull(queue.bufferOf(RunningSkills.ofThread()));
    queue.takeAll();

    queue.giveBuffer(RunningSkills.ofThread());
    assertNotNull(queue.bufferOf(RunningSkills.ofThread()));
  }

  @Test
  void eightThreadsHaveBuffersAndOthersFollowThoseThatEnd() throws InterruptedException {
    UseQueue queue = new UseQueue(1024);
    queue.prepareBuffers();
    AtomicInteger given = new AtomicInteger();
    Runnable work =
        () -> {
          queue.giveBuffer(RunningSkills.ofThread());
          UseBuffer buffer = queue.bufferOf(RunningSkills.ofThread());
          if (buffer != null) {
            offer(buffer, given.incrementAndGet());
          }
        };
    for (int thread = 0; thread < 10; thread++) {
      onThreadOfItsOwn(work);
    }
    assertEquals(8, given.get());
    assertEquals(8, endTimes(queue.takeAll()).size());

    onThreadOfItsOwn(work);
    assertEquals(9, given.get());
    assertEquals(List.of(9L), endTimes(queue.takeAll()));
    assertFalse(queue.hasBuffers());
  }

  @Test
  void losesNothingThatBusyThreadsAdd() throws InterruptedException {
    int producers = 4;
    long uses = 50_000;
    UseQueue queue = new UseQueue(4096);
    queue.prepareBuffers();
    List<Thread> threads = new ArrayList<>();
    for (int p = 0; p < producers; p++) {
      long producer = p;
      Thread thread =
          new Thread(
              () -> {
                UseBuffer buffer = null;
                // Threads that ask at the same moment may have to ask again.
                while (buffer == null) {
                  queue.giveBuffer(RunningSkills.ofThread());
                  buffer = queue.bufferOf(RunningSkills.ofThread());
                }
                for (long i = 0; i < uses; i++) {
                  while (offer(buffer, i * producers + producer) == 0) {
                    Thread.yield();
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    long[] next = new long[producers];
    boolean isLast = false;
    while (!isLast) {
      isLast = threads.stream().noneMatch(Thread::isAlive);
      for (long endTime : endTimes(queue.takeAll())) {
        int producer = (int) (endTime % producers);
        assertEquals(next[producer]++, endTime / producers);
      }
    }

    for (long count : next) {
      assertEquals(uses, count);
    }
  }

  private static UseQueue withBuffer(int capacity) {
    UseQueue queue = new UseQueue(capacity);
    queue.prepareBuffers();
    queue.giveBuffer(RunningSkills.ofThread());
    return queue;
  }

  private static int offer(UseBuffer buffer, long endNanos) {
    return buffer.offer(SKILL, null, null, Outcome.SUCCESS, 0, endNanos);
  }

  private static void onThreadOfItsOwn(Runnable run) throws InterruptedException {
    Thread thread = new Thread(run);
    thread.start();
    thread.join();
  }

  private static QueuedUse use(long endNanos) {
    return new QueuedUse(SKILL, null, null, Outcome.SUCCESS, 0, endNanos);
  }

  private static List<Long> endTimes(QueuedUse oldest) {
    List<Long> endTimes = new ArrayList<>();
    for (QueuedUse use = oldest; use != null; use = use.next) {
      endTimes.add(use.endNanos);
    }
    return endTimes;
  }
}
