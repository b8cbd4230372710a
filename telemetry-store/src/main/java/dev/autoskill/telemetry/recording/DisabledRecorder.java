package dev.autoskill.telemetry.recording;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.event.TelemetryStats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records nothing.
 *
 * @param spoolDirectory where other processes' spools are; null: that is not known
 * @param storing makes a recorder that stores, for a report that should include those; null if
 *     there is no such directory
 */
record DisabledRecorder(
    EventFactory events,
    Faults faults,
    @Nullable Path spoolDirectory,
    @Nullable Supplier<Recorder> storing)
    implements Recorder {

  @Override
  public boolean isRecording() {
    return false;
  }

  @Override
  public Recorder prepare() {
    return this;
  }

  @Override
  public void record(
      Skill skill,
      @Nullable String agentId,
      @Nullable SkillContext context,
      Outcome outcome,
      long startNanos,
      long endNanos) {}

  @Override
  public void drop() {}

  @Override
  public TelemetryEvent record(SkillUse use) {
    synchronized (events) {
      return events.eventOf(use, SkillContext.currentOrNull());
    }
  }

  @Override
  public boolean flush(Duration timeout) {
    if (spoolDirectory != null
        && storing != null
        && !SpoolDirectory.spools(spoolDirectory.toFile()).isEmpty()) {
      Recorder once = storing.get();
      once.flush(timeout);
      once.close(Duration.ZERO);
    }
    return true;
  }

  @Override
  public TelemetryStats stats() {
    return new TelemetryStats(0, 0, 0, 0, 0, 0, 0, faults.count());
  }

  @Override
  public List<Trouble> troubles() {
    return List.of();
  }

  @Override
  public void exit(Duration timeout) {}

  @Override
  public void close(Duration timeout) {}
}
