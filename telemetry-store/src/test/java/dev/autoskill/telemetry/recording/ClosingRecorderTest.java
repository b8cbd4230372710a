package dev.autoskill.telemetry.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.event.TelemetryStats;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
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
        closeWhileOthersRecord(recorder(directory.resolve(round + "-spool")), threads);
      }
    } finally {
      threads.shutdownNow();
    }
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
                  recorder.record(SKILL, null, null, Outcome.SUCCESS, 0, 1);
                  if (uses == USES_BEFORE) {
                    running.countDown();
                  }
                }
                return uses;
              }));
    }
    running.await();
    recorder.close(Duration.ofMinutes(1));
    isOver.set(true);
    long uses = 0;
    for (Future<Long> thread : recording) {
      uses += thread.get();
    }
    TelemetryStats stats = recorder.stats();
    assertEquals(0, stats.queued(), stats.toString());
    assertEquals(uses, stats.stored() + stats.dropped() + stats.failed(), stats.toString());
  }

  private static Recorder recorder(Path spools) {
    Faults faults = new Faults(null);
    RandomBits random = new RandomBits();
    EventFactory events =
        new EventFactory(
            TimeSource.system(),
            random,
            "s",
            "a",
            PrivacyGuard.ofProcess(Environment.of(Map.of())));
    Recorder.Options options =
        new Recorder.Options(10_000, spools, 1 << 26, Duration.ofSeconds(1), true);
    return Recorder.queueing(
        options, events, null, StoreThatTakesAll::new, random, TimeSource.system(), faults);
  }

  private static final class StoreThatTakesAll implements EventStore {

    @Override
    public Stored store(List<TelemetryEvent> events) {
      return new Stored(events.size(), 0);
    }

    @Override
    public boolean maintain() {
      return false;
    }

    @Override
    public void close() {}
  }
}
