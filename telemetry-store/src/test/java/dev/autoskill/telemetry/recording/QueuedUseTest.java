package dev.autoskill.telemetry.recording;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueuedUseTest {

  private static final int CALLS = 10_000;

  /** Per call, with compressed pointers, as the budget says. */
  private static final long MOST_BYTES = 64;

  @TempDir Path directory;

  @Test
  void aTrackedCallAllocatesNoMoreThanItsBudget() {
    Recorder recorder =
        TestRecorders.of(directory, 10 * CALLS, null, TestRecorders.StoreThatTakesAll::new);
    Skill skill = Skill.named("a");
    SkillContext context = SkillContext.ofSession("s");
    record(recorder, skill, context);

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    record(recorder, skill, context);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;

    recorder.close(TestRecorders.after(Duration.ofMinutes(1)));
    assertTrue(bytes <= CALLS * (MOST_BYTES + 1), bytes / (double) CALLS + " bytes per call");
  }

  private static void record(Recorder recorder, Skill skill, SkillContext context) {
    for (int i = 0; i < CALLS; i++) {
      recorder.record(skill, null, context, Outcome.SUCCESS, null, i, i + 1);
    }
  }
}
