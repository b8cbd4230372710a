package dev.autoskill.telemetry.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryStats;
import dev.autoskill.telemetry.recording.TestRecorders.StoreThatTakesAll;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Skills are used while their recorder is closed. */
class ClosingRecorderTest {

  private static final int ROUNDS = Boolean.getBoolean("full") ? 300 : 50;
  private static final int THREADS = 4;

  private static final int USES_BEFORE = 5_000;

  private static final Skill SKILL = Skill.named("late");

  @TempDir Path directory;

  /** One that comes in while the thread ends that would take it must not wait for ever. */
  @Test
  void countsEveryUse() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Path spools = directory.resolve(round + "-spool");
        closeWhileOthersRecord(
            TestRecorders.of(spools, 10_000, null, StoreThatTakesAll::new), threads);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** The clock closes the recorder amid the recording, and fails when the late use is taken out. */
  @Test
  void countsOnceAUseThatCannotBeTakenOutForWantOfMemory() {
    AtomicReference<Recorder> recorder = new AtomicReference<>();
    AtomicInteger readings = new AtomicInteger();
    TimeSource clock =
        () -> {
          switch (readings.incrementAndGet()) {
            case 1 -> recorder.get().close(System.nanoTime());
            case 4 -> throw new OutOfMemoryError("as the test wants it");
            default -> {}
          }
          return 0;
        };
    recorder.set(TestRecorders.of(directory, 10, null, StoreThatTakesAll::new, clock));

    assertEquals("late", recorder.get().record(SkillUse.of("late")).skillName());

    TelemetryStats stats = recorder.get().stats();
    assertEquals(1, stats.recorded(), stats.toString());
    assertEquals(1, stats.faults(), stats.toString());
    recorder.get().flush(System.nanoTime());
    assertEquals(1, recorder.get().stats().failed());
  }

  private static void closeWhileOthersRecord(Recorder recorder, ExecutorService threads)
      throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    AtomicBoolean isOver = new AtomicBoolean();
    List<Future<Long>> recording = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      recording.add(
          threads.submit(
              () -> {
                long uses = 0;
                for (; !isOver.get(); uses++) {
                  recorder.record(SKILL, null, null, Outcome.SUCCESS, null, 0, 1);
                  if (uses == USES_BEFORE) {
                    running.countDown();
                  }
                }
                return uses;
              }));
    }
    running.await();
    recorder.close(TestRecorders.after(Duration.ofMinutes(1)));
    isOver.set(true);
    long uses = 0;
    for (Future<Long> thread : recording) {
      uses += thread.get();
    }
    TelemetryStats stats = recorder.stats();
    assertEquals(0, stats.queued(), stats.toString());
    assertEquals(uses, stats.stored() + stats.dropped() + stats.failed(), stats.toString());
  }
}
