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
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records the uses of a collector: every one or, when telemetry is off, none.
 *
 * <p>Safe for use by any number of threads.
 */
public interface Recorder {

  /** {@return whether uses are recorded at all} */
  boolean isRecording();

  /**
   * Gets ready to record: loads the classes that recording needs and starts the background thread.
   *
   * <p>Otherwise the first use does so. But a use may end where the stack is nearly exhausted, and
   * a class whose initialisation fails there, be it one of the JDK's, is lost to the whole program.
   *
   * @return a recorder that leaves no trace, for others who have a use to rehearse
   */
  Recorder prepare();

  /**
   * Records a use that was timed. Never blocks and makes no event yet.
   *
   * @param skill the skill
   * @param agentId the agent; null: that of the context, else the default one
   * @param context what was current when the skill was called; null: nothing
   * @param outcome how the use ended
   * @param startNanos when it started, by {@link System#nanoTime()}
   * @param endNanos when it ended, by the same clock
   */
  void record(
      Skill skill,
      @Nullable String agentId,
      @Nullable SkillContext context,
      Outcome outcome,
      long startNanos,
      long endNanos);

  /** Counts a use as dropped: there is no room for it, or its end cannot be known. */
  void drop();

  /**
   * Records a use that ends now.
   *
   * @param use the use
   * @return its event
   */
  TelemetryEvent record(SkillUse use);

  /**
   * Waits until the events recorded before are stored, and those in other processes' spools.
   *
   * @param timeout how long to wait at most
   * @return whether all of it is stored
   */
  boolean flush(Duration timeout);

  /** {@return the counts of what became of the events} */
  TelemetryStats stats();

  /** {@return the troubles that keep events from the spool or the store at this moment} */
  List<Trouble> troubles();

  /**
   * Makes the recorded events safe from the end of the process, which is near. Stores them only if
   * the store is open already, or too many events wait to be left to the next process.
   *
   * @param timeout how long to wait at most
   */
  void exit(Duration timeout);

  /**
   * Stores as many events as it can in the given time and stops. Events that are spooled and not
   * stored by then are left to the next process. Later uses are dropped.
   *
   * @param timeout how long to wait at most
   */
  void close(Duration timeout);

  /**
   * A recorder that records nothing and, unless it is flushed, owns nothing. It is flushed for a
   * report; then it stores the events in other processes' spools.
   *
   * @param events makes the events that callers get back
   * @param faults counts swallowed failures
   * @param spoolDirectory where the spools of the others are; null: nowhere
   * @param storing makes a recorder that stores; asked when there is something to store; null as
   *     well
   * @return the recorder
   */
  static Recorder disabled(
      EventFactory events,
      Faults faults,
      @Nullable Path spoolDirectory,
      @Nullable Supplier<Recorder> storing) {
    return new DisabledRecorder(events, faults, spoolDirectory, storing);
  }

  /**
   * Where and how events wait for the store.
   *
   * @param queueCapacity how many uses may wait for the spool
   * @param database the file that the store keeps events in; beside a pipe or a device no spool is
   *     made
   * @param spoolDirectory where the spools are; made when it is needed
   * @param spoolLimit how many bytes the spools may take up together
   * @param patience how long others may lock the store until that counts as a fault
   * @param storeAtExit whether a short process stores events when it ends, if too many wait
   */
  record Options(
      int queueCapacity,
      Path database,
      Path spoolDirectory,
      long spoolLimit,
      Duration patience,
      boolean storeAtExit) {}

  /**
   * A recorder whose events one background thread spools and another one stores. The threads, the
   * spool and the store come into being when they are needed.
   *
   * @param options where and how events wait
   * @param events makes the events
   * @param listener is told of each event that will be stored; must be quick and must not throw;
   *     null: nobody is
   * @param store opens the store; called by the background thread
   * @param random where names of files, and the times between attempts, come from
   * @param time the clocks
   * @param faults counts swallowed failures
   * @return the recorder
   */
  static Recorder queueing(
      Options options,
      EventFactory events,
      @Nullable Consumer<TelemetryEvent> listener,
      Supplier<? extends EventStore> store,
      LongSupplier random,
      TimeSource time,
      Faults faults) {
    return new QueueingRecorder(options, events, listener, store, random, time, faults);
  }
}
