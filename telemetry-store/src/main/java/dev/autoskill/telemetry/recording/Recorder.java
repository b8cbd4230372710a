package dev.autoskill.telemetry.recording;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.error.ErrorDetail;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.event.TelemetryStats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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
  private final EventFactory events;
  private final UseQueue queue;
  private final Progress progress;
  private final SpoolDirectory directory;
  private final Spool spool;
  private final Ingester ingester;
  private final Writer writer;

  private volatile boolean closed;

  /**
   * Makes a recorder; starts no thread yet.
   *
   * @param options where and how events wait
   * @param isRecording whether uses are recorded at all
   * @param events makes the events
   */
  public Recorder(Options options, boolean isRecording, EventFactory events) {
    this.options = options;
    this.isRecording = isRecording;
    this.events = events;
    progress = new Progress();
    queue = new UseQueue(options, events, progress);
    directory = new SpoolDirectory(options);
    spool = new Spool(directory, options, progress);
    ingester = new Ingester(spool, directory, options);
    writer = new Writer(queue, events, spool, ingester, progress, options);
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
    return new UseQueue(options, events, progress);
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
   * @param timeout how long to wait at most
   * @return whether all of it is stored
   */
  public boolean flush(Duration timeout) {
    if (isAllStored()) {
      return true;
    }
    if (!isRecording) {
      Recorder once = new Recorder(options, true, events);
      boolean isStored = once.flush(timeout);
      once.close(Duration.ZERO);
      return isStored;
    }
    long deadline = deadlineAfter(timeout);
    long failedBefore = progress.counts().failed();
    boolean isSafe = awaitSafe(() -> false, deadline);
    boolean isServed = ingester.storeSpooled(deadline);
    return isSafe && isServed && progress.counts().failed() == failedBefore;
  }

  /** Whether nothing waits, here or in another process's spool: no thread need be asked. */
  private boolean isAllStored() {
    Progress.Counts counts = progress.counts();
    return counts.spooled() == 0
        && counts.safe() >= queue.accepted()
        && (options.spoolDirectory() == null || directory.others(spool.path()).isEmpty());
  }

  /** Waits until the events recorded before are safe from the end of the process, or cannot be. */
  private boolean awaitSafe(BooleanSupplier isInVain, long deadlineNanos) {
    long accepted = queue.accepted();
    if (progress.counts().safe() >= accepted) {
      return true;
    }
    writer.wake();
    writer.late();
    BackgroundThread.await(
        () -> progress.counts().safe() >= accepted || isInVain.getAsBoolean(), deadlineNanos);
    return progress.counts().safe() >= accepted;
  }

  /** {@return the counts of what became of the events} */
  public TelemetryStats stats() {
    Progress.Counts counts = progress.counts();
    long accepted = queue.accepted();
    long dropped = queue.dropped();
    return new TelemetryStats(
        accepted + dropped,
        counts.stored(),
        counts.spooled(),
        Math.max(0, accepted - counts.safe()),
        dropped + directory.lost(),
        counts.failed(),
        events.redacted(),
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
   * @param timeout how long to wait at most
   */
  public void exit(Duration timeout) {
    if (queue.accepted() > 0) {
      long deadline = deadlineAfter(timeout);
      directory.isEnding(timeout);
      // There is no later attempt that this one could be left to.
      writer.start();
      awaitSafe(this::hasNoPlace, deadline);
      ingester.exit(deadline);
    }
  }

  /** Whether neither the spool nor the store took the latest events. */
  private boolean hasNoPlace() {
    return ingester.trouble() != null && (writer.trouble() != null || !spool.mayBeMade());
  }

  /**
   * Stores as many events as it can in the given time and stops. Events that are spooled and not
   * stored by then are left to the next process. Later uses are dropped.
   *
   * @param timeout how long to wait at most
   */
  public void close(Duration timeout) {
    closed = true;
    long deadline = deadlineAfter(timeout);
    directory.isEnding(timeout);
    writer.close(deadline);
    ingester.join(deadline);
  }

  private static long deadlineAfter(Duration timeout) {
    return System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
  }
}
