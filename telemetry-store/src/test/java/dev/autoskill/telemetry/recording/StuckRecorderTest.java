package dev.autoskill.telemetry.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.error.RecordedEvent;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.recording.TestRecorders.StoreThatTakesAll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A background thread hangs for ever, and nobody else does. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StuckRecorderTest {

  private static final Duration SHORT = Duration.ofMillis(50);

  @TempDir Path directory;

  private final CountDownLatch stuck = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void end() {
    over.countDown();
  }

  @Test
  void aWriterThatHangsHoldsNobodyUp() throws InterruptedException {
    Recorder recorder = TestRecorders.of(directory, 1000, event -> hang(), StoreThatTakesAll::new);

    assertWaitsAreBounded(recorder);
  }

  @Test
  void aStoreThatHangsHoldsNobodyUp() throws InterruptedException {
    Recorder recorder = TestRecorders.of(directory, 1000, null, StoreThatHangs::new);
    use(recorder);
    assertFalse(recorder.flush(TestRecorders.after(SHORT)));

    assertWaitsAreBounded(recorder);
  }

  @Test
  void aUseThatNothingTakesDoesNotHoldUpTheEndOfTheProcess() throws IOException {
    Path file = Files.createFile(directory.resolve("no directory"));
    Recorder recorder = TestRecorders.of(file, 1000, null, StoreThatTakesNothing::new);
    use(recorder);

    recorder.exit(TestRecorders.after(Duration.ofHours(1)));

    assertEquals(
        List.of(Trouble.SPOOL_NO_DIRECTORY, Trouble.DATABASE_CANNOT_OPEN), recorder.troubles());
    recorder.close(TestRecorders.after(SHORT));
  }

  private void assertWaitsAreBounded(Recorder recorder) throws InterruptedException {
    use(recorder);
    stuck.await();
    use(recorder);
    assertFalse(recorder.flush(TestRecorders.after(SHORT)));
    recorder.exit(TestRecorders.after(SHORT));
    recorder.close(TestRecorders.after(SHORT));
    assertFalse(recorder.flush(TestRecorders.after(SHORT)));
    over.countDown();
    assertTrue(recorder.troubles().isEmpty());
  }

  private static void use(Recorder recorder) {
    recorder.record(Skill.named("a"), null, null, Outcome.SUCCESS, null, 0, 1);
  }

  private void hang() {
    stuck.countDown();
    try {
      over.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class StoreThatTakesNothing extends StoreThatTakesAll {

    @Override
    public Stored store(List<RecordedEvent> events) throws StoreException {
      throw new StoreException(Trouble.DATABASE_CANNOT_OPEN, new IOException());
    }
  }

  private final class StoreThatHangs extends StoreThatTakesAll {

    @Override
    public Stored store(List<RecordedEvent> events) throws StoreException {
      hang();
      return super.store(events);
    }
  }
}
