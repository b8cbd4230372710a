package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.event.TelemetryStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The callers' side of recording: takes uses in and wakes the writer if it sleeps. */
final class QueueingRecorder implements Recorder {

  private final Intake intake;

  /** The intake's, here because each tracked call needs it. */
  private final UseQueue queue;

  private final Writer writer;
  private final Ingester ingester;
  private final Ledger ledger;
  private final Faults faults;

  private volatile boolean closed;

  QueueingRecorder(Intake intake, Writer writer, Ingester ingester, Ledger ledger, Faults faults) {
    this.intake = intake;
    this.queue = intake.queue();
    this.writer = writer;
    this.ingester = ingester;
    this.ledger = ledger;
    this.faults = faults;
  }

  @Override
  public boolean isRecording() {
    return true;
  }

  @Override
  public Recorder prepare() {
    writer.start();
    // With an intake that nobody empties.
    return new QueueingRecorder(intake.empty(), writer, ingester, ledger, faults);
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
      intake.drop();
      return;
    }
    if (!queue.offer(QueuedUse.timed(skill, agentId, context, outcome, startNanos, endNanos))) {
      intake.drop();
    }
    writer.wakeIfAsleep();
    if (closed) {
      writer.late();
    }
  }

  @Override
  public void drop() {
    intake.drop();
  }

  @Override
  public TelemetryEvent record(SkillUse use) {
    if (closed) {
      return intake.drop(use);
    }
    TelemetryEvent event = intake.record(use);
    writer.wakeIfAsleep();
    if (closed) {
      writer.late();
    }
    return event;
  }

  @Override
  public boolean flush(Duration timeout) {
    long deadline = deadlineAfter(timeout);
    long accepted = intake.accepted();
    long request = ledger.ask(accepted);
    if (accepted > ledger.counts().safe()) {
      writer.hurry();
    }
    ingester.hurry();
    return ledger.awaitStored(accepted, request, deadline);
  }

  @Override
  public TelemetryStats stats() {
    Intake.Standing standing = intake.standing();
    Ledger.Counts counts = standing.counts();
    long dropped = intake.dropped();
    return new TelemetryStats(
        standing.accepted() + dropped + counts.adopted() + counts.evicted(),
        counts.stored() + counts.adopted(),
        counts.spooled(),
        standing.queued(),
        dropped + counts.evicted(),
        counts.failed(),
        intake.redacted(),
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
    long deadline = deadlineAfter(timeout);
    long accepted = intake.accepted();
    if (accepted > ledger.counts().safe()) {
      // There is no later attempt that this one could be left to.
      writer.start();
      writer.hurry();
      ledger.awaitSafe(accepted, deadline);
    }
    if (ingester.isStoreOpen()) {
      ingester.finish(deadline);
      ingester.join(deadline);
    }
  }

  @Override
  public void close(Duration timeout) {
    closed = true;
    long deadline = deadlineAfter(timeout);
    writer.close(deadline);
    writer.join(deadline);
    ingester.join(deadline);
  }

  private static long deadlineAfter(Duration timeout) {
    return System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
  }
}
