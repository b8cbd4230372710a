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
import java.util.function.Consumer;
import java.util.function.LongSupplier;
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
   *
   * @return a recorder that leaves no trace, for whoever else has a use to rehearse
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
   * What keeps events from the spool or the store at this moment.
   *
   * @return the troubles; empty if there are none
   */
  List<Trouble> troubles();

  /**
   * Makes what was recorded safe from the end of the process, which is near. Stores it only if the
   * store is open already.
   *
   * @param timeout how long to wait at most
   */
  void exit(Duration timeout);

  /**
   * Stores what can be stored in the given time and stops. What is spooled and not stored by then
   * is left to the next process. Later uses are dropped.
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
    return new DisabledRecorder(events, faults, null, () -> disabled(events, faults));
  }

  /**
   * A recorder that records nothing and, unless it is flushed, owns nothing. It is flushed when
   * somebody asks what is stored; then it stores what other processes recorded and left.
   *
   * @param events makes the events that callers get back
   * @param faults counts what is swallowed
   * @param spoolDirectory where the spools of the others are
   * @param storing makes a recorder that stores; asked when there is something to store
   * @return the recorder
   */
  static Recorder disabled(
      EventFactory events, Faults faults, Path spoolDirectory, Supplier<Recorder> storing) {
    return new DisabledRecorder(events, faults, spoolDirectory, storing);
  }

  /**
   * Where and how events wait for the store.
   *
   * @param queueCapacity how many uses may wait for the spool
   * @param spoolDirectory where the spools are; made when it is needed
   * @param spoolLimit how many bytes the spools may take up together
   * @param patience how long others may lock the store until that counts as a fault
   */
  record Options(int queueCapacity, Path spoolDirectory, long spoolLimit, Duration patience) {}

  /**
   * A recorder whose events one background thread spools and another one stores. The threads, the
   * spool and the store come into being when they are needed.
   *
   * @param options where and how events wait
   * @param events makes the events
   * @param listener is told of each use that will be stored; must be quick and must not throw;
   *     null: nobody is
   * @param store opens the store; called by the background thread
   * @param random where names of files, and the times between attempts, come from
   * @param time the clocks
   * @param faults counts what is swallowed
   * @return the recorder
   */
  static Recorder queueing(
      Options options,
      EventFactory events,
      @Nullable Consumer<SettledUse> listener,
      Supplier<? extends EventStore> store,
      LongSupplier random,
      TimeSource time,
      Faults faults) {
    Ledger ledger = new Ledger();
    HandOver handOver = new HandOver();
    Intake intake = new Intake(options.queueCapacity(), events, listener, ledger, faults);
    SpoolDirectory directory = new SpoolDirectory(options.spoolDirectory(), random);
    SpoolBound bound = new SpoolBound(directory, options.spoolLimit(), time, ledger, faults);
    OwnSpool spool = new OwnSpool(directory, bound, events, time, ledger, faults);
    Ingester ingester =
        new Ingester(
            spool, directory, handOver, store, ledger, options.patience(), random, time, faults);
    Writer writer = new Writer(intake, spool, directory, handOver, ingester, ledger, faults);
    return new QueueingRecorder(intake, writer, ingester, ledger, faults);
  }
}
