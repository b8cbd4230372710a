package dev.autoskill.telemetry.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import dev.autoskill.telemetry.writer.EventFactory;
import dev.autoskill.telemetry.writer.Faults;
import dev.autoskill.telemetry.writer.RandomBits;
import dev.autoskill.telemetry.writer.Recorder;
import dev.autoskill.telemetry.writer.TimeSource;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A stage is watched without being held, and neither is the use that waits for it. */
class WatchedStageTest {

  private final Faults faults = new Faults(null);

  @Test
  void aFaultIsCountedThoughItsUseIsGone() {
    PrivacyGuard guard = PrivacyGuard.ofProcess(Environment.of(Map.of()));
    EventFactory events = new EventFactory(TimeSource.system(), new RandomBits(), "s", "a", guard);
    UseEndings endings = new UseEndings(1, Recorder.disabled(events, faults), faults);
    EndingUse use =
        new EndingUse(
            endings, SkillDefinition.of(Skill.named("a")), null, null, System.nanoTime(), false);
    WatchedStage watched = new WatchedStage(new CompletableFuture<>(), use);
    WeakReference<EndingUse> gone = new WeakReference<>(use);
    use = null;
    for (int i = 0; i < 100 && gone.get() != null; i++) {
      System.gc();
    }
    assertNull(gone.get());

    watched.giveUp(new IllegalStateException("asked whether it is done"));

    assertEquals(1, faults.count());
  }
}
