package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.event.TelemetryStats;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Records nothing. */
final class DisabledRecorder implements Recorder {

  private final EventFactory events;
  private final Faults faults;

  DisabledRecorder(EventFactory events, Faults faults) {
    this.events = events;
    this.faults = faults;
  }

  @Override
  public boolean isRecording() {
    return false;
  }

  @Override
  public void prepare() {
    // There is nothing to get ready.
  }

  @Override
  public void record(
      Skill skill, @Nullable String agentId, Outcome outcome, long startNanos, long endNanos) {
    // Disabled means nothing.
  }

  @Override
  public synchronized TelemetryEvent record(SkillUse use) {
    return events.eventOf(use, SkillContext.currentOrNull());
  }

  @Override
  public boolean flush(Duration timeout) {
    return true;
  }

  @Override
  public TelemetryStats stats() {
    return new TelemetryStats(0, 0, 0, 0, 0, 0, faults.count());
  }

  @Override
  public void close(Duration timeout) {
    // There is nothing to close.
  }
}
