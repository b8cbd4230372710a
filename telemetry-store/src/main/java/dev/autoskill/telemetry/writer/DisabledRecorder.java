package dev.autoskill.telemetry.writer;

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

/** Records nothing. */
final class DisabledRecorder implements Recorder {

  private final EventFactory events;
  private final Faults faults;

  /** Null if not even a place for spools is known. */
  private final @Nullable Path spoolDirectory;

  private final Supplier<Recorder> storing;

  DisabledRecorder(
      EventFactory events,
      Faults faults,
      @Nullable Path spoolDirectory,
      Supplier<Recorder> storing) {
    this.events = events;
    this.faults = faults;
    this.spoolDirectory = spoolDirectory;
    this.storing = storing;
  }

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
      long endNanos) {
    // Disabled means nothing.
  }

  @Override
  public void drop() {
    // What is not recorded is not counted either.
  }

  @Override
  public synchronized TelemetryEvent record(SkillUse use) {
    return events.eventOf(use, SkillContext.currentOrNull());
  }

  /** Stores the events in other processes' spools, so that a report shows them. */
  @Override
  public synchronized boolean flush(Duration timeout) {
    if (spoolDirectory != null && hasSpools(spoolDirectory)) {
      Recorder once = storing.get();
      once.flush(timeout);
      once.close(Duration.ZERO);
    }
    return true;
  }

  private static boolean hasSpools(Path directory) {
    return !SpoolDirectory.spools(directory.toFile()).isEmpty();
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
  public void exit(Duration timeout) {
    // There is nothing to save.
  }

  @Override
  public void close(Duration timeout) {
    // There is nothing to close.
  }
}
