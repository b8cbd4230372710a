package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.OutcomeRules;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.event.TelemetryStats;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The callers' side of recording: takes uses in and wakes the writer if it sleeps. */
final class QueueingRecorder implements Recorder {

  private final Intake intake;
  private final Writer writer;
  private final Faults faults;

  private volatile boolean closed;

  QueueingRecorder(Intake intake, Writer writer, Faults faults) {
    this.intake = intake;
    this.writer = writer;
    this.faults = faults;
  }

  @Override
  public boolean isRecording() {
    return true;
  }

  @Override
  public void prepare() {
    // A rehearsal on an intake that nobody empties, so that it leaves no trace.
    new QueueingRecorder(intake.empty(), writer, faults)
        .record(Skill.named("rehearsal"), null, OutcomeRules.whenReturned(), 0, 0);
    writer.start();
  }

  @Override
  public void record(
      Skill skill, @Nullable String agentId, Outcome outcome, long startNanos, long endNanos) {
    if (closed) {
      intake.dropLate();
      return;
    }
    // Only the first in an empty queue can find the writer asleep; the others came after its waker.
    SkillContext context = SkillContext.currentOrNull();
    long duration = endNanos - startNanos;
    if (intake.offer(new QueuedUse(skill, agentId, context, outcome, duration, endNanos)) == 1) {
      writer.wakeIfAsleep();
    }
  }

  @Override
  public TelemetryEvent record(SkillUse use) {
    if (closed) {
      return intake.drop(use);
    }
    TelemetryEvent event = intake.record(use);
    writer.wakeIfAsleep();
    return event;
  }

  @Override
  public boolean flush(Duration timeout) {
    return writer.awaitCompletion(intake.accepted(), timeout);
  }

  @Override
  public TelemetryStats stats() {
    // Read before what it is compared with, so that no count is negative while others record.
    Writer.Progress progress = writer.progress();
    long accepted = intake.accepted();
    long dropped = intake.dropped();
    return new TelemetryStats(
        accepted + dropped,
        progress.stored(),
        accepted - progress.completed(),
        dropped,
        progress.failed(),
        intake.redacted(),
        faults.count());
  }

  @Override
  public void close(Duration timeout) {
    closed = true;
    writer.close(timeout);
  }
}
