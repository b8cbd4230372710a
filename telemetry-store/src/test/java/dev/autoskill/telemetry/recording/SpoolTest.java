package dev.autoskill.telemetry.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.error.RecordedEvent;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

  /** A clock that fails once, as anything may where the memory or the stack ends. */
  private static final class FailingClock implements TimeSource {

    private int callsUntilFailure;

    private boolean hasFailed() {
      return callsUntilFailure <= 0;
    }

    @Override
    public long nanoTime() {
      if (--callsUntilFailure == 0) {
        throw new IllegalStateException("test");
      }
      return 1;
    }

    @Override
    public long currentTimeMillis() {
      return 1;
    }
  }

  @TempDir Path directory;

  @Test
  void countsEventsOnceWheneverTheClockFails() throws Exception {
    int call = 0;
    do {
      call++;
    } while (isCountedOnce(call));
    assertTrue(call > 1, "the clock is never read");
  }

  @Test
  void aFileThatIsMadeAnewHasAllThatWaits() throws Exception {
    Recorder.Options options =
        TestRecorders.options(
            directory,
            10,
            null,
            TestRecorders.StoreThatTakesAll::new,
            TimeSource.system(),
            new Faults(null));
    Spool spool = new Spool(options);
    RecordedEvent plain = event();
    RecordedEvent failed = new RecordedEvent(event().event(), "acme.Gone");

    write(spool, plain);
    write(spool, failed);
    assertTrue(spool.path().delete());
    write(spool, plain);

    assertEquals(List.of(plain, failed, plain), spool.oldest(10).events());
    spool.release();
  }

  private static void write(Spool spool, RecordedEvent event) throws IOException {
    spool.add(List.of(event));
    assertTrue(spool.write());
  }

  /** Answers if the clock failed. */
  private boolean isCountedOnce(int callsUntilFailure) throws Exception {
    FailingClock clock = new FailingClock();
    Recorder.Options options =
        TestRecorders.options(
            directory, 10, null, TestRecorders.StoreThatTakesAll::new, clock, new Faults(null));
    Spool spool = new Spool(options);
    spool.add(List.of(event()));
    clock.callsUntilFailure = callsUntilFailure;
    untilItWorks(spool::write);

    assertEquals(new Spool.Counts(0, 1, 0), spool.counts());
    assertEquals(1, spool.oldest(10).events().size());
    untilItWorks(
        () -> {
          spool.stored(spool.oldest(10), 0);
          return null;
        });
    assertEquals(new Spool.Counts(1, 0, 0), spool.counts());
    spool.release();
    return clock.hasFailed();
  }

  private static void untilItWorks(Callable<?> step) throws Exception {
    try {
      step.call();
    } catch (IllegalStateException fault) {
      step.call();
    }
  }

  private static RecordedEvent event() {
    PrivacyGuard guard = PrivacyGuard.ofProcess(Environment.of(Map.of()));
    EventFactory events = TestRecorders.events(TimeSource.system(), "s", "a", guard);
    return new RecordedEvent(events.eventOf(SkillUse.of("a"), null), null);
  }
}
