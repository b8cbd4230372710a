package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.event.TelemetryStats;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a collector records with: either everything or, when telemetry is off, nothing.
 *
 * <p>Safe for use by any number of threads.
 */
public interface Recorder {

  /**
   * Whether uses are recorded at all.
   *
   * @return false if telemetry is off
   */
  boolean isRecording();

  /**
   * Gets ready to record: loads what recording needs and starts the background thread.
   *
   * <p>Otherwise the first use does so. But a use may end where the stack is nearly exhausted, and
   * a class whose initialisation fails there, be it one of the JDK's, is lost to the whole program.
   */
  void prepare();

  /**
   * Records a use that was timed. Never blocks and makes no event yet.
   *
   * @param skill the skill
   * @param agentId the agent; null: the default one
   * @param outcome how the use ended
   * @param startNanos when it started, by {@link System#nanoTime()}
   * @param endNanos when it ended, by the same clock
   */
  void record(
      Skill skill, @Nullable String agentId, Outcome outcome, long startNanos, long endNanos);

  /**
   * Records a use that ends now.
   *
   * @param use the use
   * @return its event
   */
  TelemetryEvent record(SkillUse use);

  /**
   * Waits until what was recorded before is stored.
   *
   * @param timeout how long to wait at most
   * @return whether all of it is stored
   */
  boolean flush(Duration timeout);

  /**
   * What became of the events.
   *
   * @return the counts
   */
  TelemetryStats stats();

  /**
   * Stores what can be stored in the given time and stops. Later uses are dropped.
   *
   * @param timeout how long to wait at most
   */
  void close(Duration timeout);

  /**
   * A recorder that records nothing and owns nothing: no queue, no thread, no file.
   *
   * @param events makes the events that callers get back
   * @param faults counts what is swallowed
   * @return the recorder
   */
  static Recorder disabled(EventFactory events, Faults faults) {
    return new DisabledRecorder(events, faults);
  }

  /**
   * A recorder whose events one background thread stores. The thread and the store come into being
   * with the first event.
   *
   * @param capacity how many uses may wait
   * @param events makes the events
   * @param listener is told of each event that will be stored; must be quick and must not throw
   * @param store opens the store; called by the background thread, again if it throws
   * @param faults counts what is swallowed
   * @return the recorder
   */
  static Recorder queueing(
      int capacity,
      EventFactory events,
      Consumer<TelemetryEvent> listener,
      Supplier<? extends EventStore> store,
      Faults faults) {
    Intake intake = new Intake(capacity, events, listener, faults);
    return new QueueingRecorder(intake, new Writer(intake, store, faults), faults);
  }
}
