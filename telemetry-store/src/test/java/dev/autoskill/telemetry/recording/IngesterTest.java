package dev.autoskill.telemetry.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.error.RecordedEvent;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.recording.TestRecorders.StoreThatTakesAll;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The thread is a nanosecond too young to store events, whenever it looks. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IngesterTest {

  private static final long NEARLY_DUE_NANOS = 999_999_999;

  @TempDir Path directory;

  private final AtomicLong looks = new AtomicLong();
  private final AtomicBoolean isOpened = new AtomicBoolean();

  private final TimeSource clock =
      new TimeSource() {
        @Override
        public long nanoTime() {
          boolean isIngester = Thread.currentThread().getName().equals(Ingester.THREAD_NAME);
          return isIngester && looks.incrementAndGet() > 1 ? NEARLY_DUE_NANOS : 0;
        }

        @Override
        public long currentTimeMillis() {
          return 0;
        }
      };

  @Test
  void eventsOnTheirWayToTheSpoolOpenNoStore() {
    AtomicBoolean isOpenedEarly = new AtomicBoolean();
    Recorder recorder =
        TestRecorders.of(
            directory,
            10,
            event -> {
              if (event.skillName().equals("second")) {
                awaitLooks();
                isOpenedEarly.set(isOpened.get());
              }
            },
            () -> {
              isOpened.set(true);
              return new StoreThatTakesAll();
            },
            clock);
    use(recorder, "first");
    awaitLooks();

    use(recorder, "second");
    recorder.close(TestRecorders.after(Duration.ofMinutes(1)));

    assertFalse(isOpenedEarly.get());
    assertEquals(2, recorder.stats().stored());
  }

  @Test
  void aTroubleLastsUntilTheStoreTakesEvents() {
    AtomicBoolean isMended = new AtomicBoolean();
    Recorder recorder =
        TestRecorders.of(
            directory,
            10,
            null,
            () ->
                new StoreThatTakesAll() {
                  @Override
                  public Stored store(List<RecordedEvent> events) throws StoreException {
                    if (isMended.get()) {
                      return super.store(events);
                    }
                    throw new StoreException(Trouble.DATABASE_NOT_OURS, null);
                  }
                },
            clock);
    use(recorder, "a");
    assertFalse(recorder.flush(TestRecorders.after(Duration.ofMinutes(1))));

    awaitLooks();
    assertEquals(List.of(Trouble.DATABASE_NOT_OURS), recorder.troubles());

    isMended.set(true);
    recorder.flush(TestRecorders.after(Duration.ofMinutes(1)));
    assertEquals(List.of(), recorder.troubles());
    recorder.close(TestRecorders.after(Duration.ofMinutes(1)));
  }

  /** Nobody would start it again, and the JVM would print the error. */
  @Test
  void aFailureThatCannotBeHandledForWantOfMemoryEndsNoThread() {
    AtomicInteger failures = new AtomicInteger();
    TimeSource failing =
        new TimeSource() {
          @Override
          public long nanoTime() {
            boolean isIngester = Thread.currentThread().getName().equals(Ingester.THREAD_NAME);
            if (isIngester && failures.compareAndSet(1, 2)) {
              throw new OutOfMemoryError("as the test wants it");
            }
            return 0;
          }

          @Override
          public long currentTimeMillis() {
            return 0;
          }
        };
    Recorder recorder =
        TestRecorders.of(
            directory,
            10,
            null,
            () -> {
              if (failures.compareAndSet(0, 1)) {
                throw new OutOfMemoryError("as the test wants it");
              }
              return new StoreThatTakesAll();
            },
            failing);
    use(recorder, "a");

    assertTrue(recorder.flush(TestRecorders.after(Duration.ofSeconds(30))));
    assertEquals(2, failures.get());
    assertEquals(1, recorder.stats().stored());
    recorder.close(TestRecorders.after(Duration.ofMinutes(1)));
  }

  private static void use(Recorder recorder, String skill) {
    recorder.record(Skill.named(skill), null, null, Outcome.SUCCESS, null, 0, 1);
  }

  /** So often that the thread has passed everything that it does between two pauses. */
  private void awaitLooks() {
    long until = looks.get() + 2;
    while (looks.get() < until && !isOpened.get()) {
      Thread.onSpinWait();
    }
  }
}
