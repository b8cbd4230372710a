package dev.autoskill.telemetry.recording;

import com.github.f4b6a3.ulid.Ulid;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.event.TelemetryStats;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import dev.autoskill.telemetry.recording.UseQueue.QueuedUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The callers' side of recording: takes uses in and wakes the writer if it sleeps. */
final class QueueingRecorder implements Recorder {

  /** Returned to a caller for whose own event there is no memory. */
  private static final TelemetryEvent UNRECORDED =
      new TelemetryEvent(
          Ulid.MIN.toString(),
          PrivacyGuard.UNNAMED,
          PrivacyGuard.UNNAMED,
          PrivacyGuard.UNNAMED,
          SkillContext.UNKNOWN_AGENT,
          null,
          Outcome.SKIPPED,
          Instant.EPOCH);

  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final UseQueue queue;
  private final EventFactory events;
  private final SpoolDirectory directory;
  private final Writer writer;
  private final Ingester ingester;
  private final Progress progress;
  private final Faults faults;

  private volatile boolean closed;

  QueueingRecorder(
      Options options,
      EventFactory events,
      @Nullable Consumer<TelemetryEvent> listener,
      Supplier<? extends EventStore> store,
      LongSupplier random,
      TimeSource time,
      Faults faults) {
    this.events = events;
    this.faults = faults;
    progress = new Progress();
    queue = new UseQueue(options.queueCapacity(), events, progress, faults);
    directory = new SpoolDirectory(options, random, time, faults);
    Spool spool = new Spool(directory, time, progress, faults);
    ingester = new Ingester(spool, directory, store, progress, options, random, time, faults);
    writer = new Writer(queue, events, listener, spool, ingester, progress, faults);
  }

  /** Like another one, but with a queue that nobody empties. */
  private QueueingRecorder(QueueingRecorder other) {
    queue = other.queue.empty();
    events = other.events;
    directory = other.directory;
    writer = other.writer;
    ingester = other.ingester;
    progress = other.progress;
    faults = other.faults;
  }

  @Override
  public boolean isRecording() {
    return true;
  }

  @Override
  public Recorder prepare() {
    writer.start();
    return new QueueingRecorder(this);
  }

  @Override
  public void record(
      Skill skill,
      @Nullable String agentId,
      @Nullable SkillContext context,
      Outcome outcome,
      long startNanos,
      long endNanos) {
    if (closed) {
      queue.drop();
      return;
    }
    long durationMs = (endNanos - startNanos) / NANOS_PER_MILLI;
    int storedMs = (int) Math.min(durationMs, Integer.MAX_VALUE);
    queue.add(new QueuedUse(skill, agentId, context, outcome, storedMs, endNanos));
    added();
  }

  @Override
  public void drop() {
    queue.drop();
  }

  @Override
  public TelemetryEvent record(SkillUse use) {
    try {
      TelemetryEvent event = queue.add(use, closed);
      added();
      return event;
    } catch (OutOfMemoryError fault) {
      queue.drop();
      faults.swallowed(fault);
      return UNRECORDED;
    }
  }

  private void added() {
    writer.wakeIfAsleep();
    if (closed) {
      writer.late();
    }
  }

  @Override
  public boolean flush(Duration timeout) {
    long deadline = deadlineAfter(timeout);
    long failedBefore = progress.counts().failed();
    boolean isSafe = awaitSafe(deadline);
    long request = progress.request();
    ingester.wake();
    boolean isServed = progress.awaitServed(request, deadline);
    return isSafe && isServed && progress.counts().failed() == failedBefore;
  }

  /** Waits until the events recorded before are safe from the end of the process. */
  private boolean awaitSafe(long deadlineNanos) {
    if (queue.isUnused()) {
      return true;
    }
    Progress.Mark mark = queue.mark();
    writer.wake();
    writer.late();
    return progress.awaitSafe(mark, deadlineNanos);
  }

  @Override
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
        faults.count());
  }

  @Override
  public List<Trouble> troubles() {
    List<Trouble> troubles = new ArrayList<>(2);
    Trouble ofSpool = writer.trouble();
    if (ofSpool != null) {
      troubles.add(ofSpool);
    }
    Trouble ofStore = ingester.trouble();
    if (ofStore != null && ofStore != ofSpool) {
      troubles.add(ofStore);
    }
    return troubles;
  }

  @Override
  public void exit(Duration timeout) {
    if (!queue.isUnused()) {
      long deadline = deadlineAfter(timeout);
      // There is no later attempt that this one could be left to.
      writer.start();
      awaitSafe(deadline);
      ingester.exit(deadline);
    }
  }

  @Override
  public void close(Duration timeout) {
    closed = true;
    long deadline = deadlineAfter(timeout);
    writer.close(deadline);
    ingester.join(deadline);
  }

  private static long deadlineAfter(Duration timeout) {
    return System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
  }
}
