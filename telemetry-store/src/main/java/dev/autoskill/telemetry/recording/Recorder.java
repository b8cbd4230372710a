package dev.autoskill.telemetry.recording;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.error.ErrorDetail;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.event.TelemetryStats;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records the uses of a collector: every one or, when telemetry is off, none. One background thread
 * spools the events and another one stores them. The threads, the spool and the store come into
 * being when they are needed.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Recorder implements UseRecorder {

  /**
   * Where and how events wait for the store.
   *
   * @param session the session of uses for which none is named; null: the process's own
   * @param agent the agent of uses for which none is named
   * @param guard decides which texts may be stored
   * @param queueCapacity how many uses may wait for the spool
   * @param errors the part that is kept of the exceptions by which uses fail
   * @param database the file that the store keeps events in; beside a pipe or a device no spool is
   *     made; null: there is none
   * @param spoolDirectory where the spools are; made when it is needed; null if there is no file
   * @param spoolLimit how many bytes the spools may take up together
   * @param patience how long others may lock the store until that counts as a fault
   * @param storeAtExit whether a short process stores events when it ends, if too many wait
   * @param listener is told of each event that will be stored; must be quick and must not throw
   * @param store opens the store; called by the background thread
   * @param time the clocks
   * @param faults counts swallowed failures
   */
  public record Options(
      @Nullable String session,
      String agent,
      PrivacyGuard guard,
      int queueCapacity,
      ErrorDetail errors,
      @Nullable Path database,
      @Nullable Path spoolDirectory,
      long spoolLimit,
      Duration patience,
      boolean storeAtExit,
      Consumer<TelemetryEvent> listener,
      Supplier<? extends EventStore> store,
      TimeSource time,
      Faults faults) {}

  private final Options options;
  private final boolean isRecording;
  private final UseQueue queue;
  private final Spool spool;
  private final Ingester ingester;
  private final Writer writer;

  private volatile boolean closed;
  private volatile boolean isExiting;

  /**
   * Makes a recorder; starts no thread yet.
   *
   * @param options where and how events wait
   * @param isRecording whether uses are recorded at all
   */
  public Recorder(Options options, boolean isRecording) {
    this.options = options;
    this.isRecording = isRecording;
    queue = new UseQueue(options);
    spool = new Spool(options);
    ingester = new Ingester(spool, options);
    writer = new Writer(queue, spool, ingester, options);
  }

  /** {@return whether uses are recorded at all} */
  public boolean isRecording() {
    return isRecording;
  }

  /**
   * Gets ready to record: loads the classes that recording needs and starts the background thread.
   *
   * <p>Otherwise the first use does so. But a use may end where the stack is nearly exhausted, and
   * a class whose initialisation fails there, be it one of the JDK's, is lost to the whole program.
   *
   * @return a recorder that leaves no trace, for others who have a use to rehearse
   */
  public UseRecorder prepare() {
    writer.start();
    return new UseQueue(options);
  }

  @Override
  public void record(
      Skill skill,
      @Nullable String agentId,
      @Nullable SkillContext context,
      Outcome outcome,
      @Nullable Throwable thrown,
      long startNanos,
      long endNanos) {
    if (closed || !isRecording) {
      drop();
    } else {
      queue.record(skill, agentId, context, outcome, thrown, startNanos, endNanos);
      added();
    }
  }

  @Override
  public void drop() {
    if (isRecording) {
      queue.drop();
    }
  }

  /**
   * Records a use that ends now.
   *
   * @param use the use
   * @return its event; one without any value of the use if there is no memory for it
   */
  public TelemetryEvent record(SkillUse use) {
    boolean isLate = closed || !isRecording;
    TelemetryEvent event = EventFactory.UNRECORDED;
    try {
      event = queue.add(Objects.requireNonNull(use, "use must not be null"), isLate);
      if (isLate) {
        drop();
      } else {
        added();
      }
    } catch (OutOfMemoryError fault) {
      if (event == EventFactory.UNRECORDED) {
        drop();
      }
      options.faults().swallowed(fault);
    }
    return event;
  }

  private void added() {
    writer.wakeIfAsleep();
    if (closed) {
      writer.late();
    }
  }

  /**
   * Waits until the events recorded before are stored, and those in other processes' spools. If
   * nothing is recorded, it stores those alone, if there are any, and then stops.
   *
   * @param deadlineNanos when to stop waiting, by {@link System#nanoTime()}
   * @return whether all of it is stored
   */
  public boolean flush(long deadlineNanos) {
    Spool.Counts counts = spool.counts();
    // Where nothing waits, here or in another process's spool, no thread need be asked.
    if (counts.spooled() == 0
        && counts.safe() + queue.failed() >= queue.accepted()
        && (options.spoolDirectory() == null || spool.directory.others(spool.path()).isEmpty())) {
      return true;
    }
    if (!isRecording) {
      Recorder once = new Recorder(options, true);
      boolean isStored = once.flush(deadlineNanos);
      once.close(System.nanoTime());
      return isStored;
    }
    long failedBefore = stats().failed();
    boolean isSafe = awaitSafe(deadlineNanos);
    boolean isServed = ingester.storeSpooled(deadlineNanos);
    return isSafe && isServed && stats().failed() == failedBefore;
  }

  /** Waits until the events recorded before are safe from the end of the process. */
  private boolean awaitSafe(long deadlineNanos) {
    // No long, for whose capture JDK 17 makes classes at the end of a short process.
    Long accepted = queue.accepted();
    if (safe() >= accepted) {
      return true;
    }
    writer.thread.wake();
    writer.late();
    BackgroundThread.await(() -> safe() >= accepted || isInVain(), deadlineNanos);
    return safe() >= accepted;
  }

  /** Whether the process ends, and neither the spool nor the store took the latest events. */
  private boolean isInVain() {
    return isExiting
        && ingester.trouble() != null
        && (writer.trouble() != null || !spool.mayBeMade());
  }

  private long safe() {
    return spool.counts().safe() + queue.failed();
  }

  /** {@return the counts of what became of the events} */
  public TelemetryStats stats() {
    Spool.Counts counts = spool.counts();
    long failed = queue.failed();
    long accepted = queue.accepted();
    long dropped = queue.dropped();
    return new TelemetryStats(
        accepted + dropped,
        counts.stored(),
        counts.spooled(),
        Math.max(0, accepted - counts.safe() - failed),
        dropped + spool.directory.lost(),
        counts.failed() + failed,
        options.guard().redactedCount(),
        options.faults().count());
  }

  /** {@return the troubles that keep events from the spool or the store at this moment} */
  public List<Trouble> troubles() {
    return Stream.of(writer.trouble(), ingester.trouble())
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /**
   * Makes the recorded events safe from the end of the process, which is near. Stores them only if
   * the store is open already, or too many events wait to be left to the next process.
   *
   * @param deadlineNanos when to stop waiting, by {@link System#nanoTime()}
   */
  public void exit(long deadlineNanos) {
    if (queue.accepted() > 0) {
      spool.directory.isEnding(deadlineNanos);
      // There is no later attempt that this one could be left to.
      writer.start();
      isExiting = true;
      awaitSafe(deadlineNanos);
      ingester.exit(deadlineNanos);
    }
  }

  /**
   * Stores as many events as it can in the given time and stops. Events that are spooled and not
   * stored by then are left to the next process. Later uses are dropped.
   *
   * @param deadlineNanos when to stop waiting, by {@link System#nanoTime()}
   */
  public void close(long deadlineNanos) {
    closed = true;
    spool.directory.isEnding(deadlineNanos);
    writer.close(deadlineNanos);
    ingester.thread.join(deadlineNanos);
  }
}
