package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A use whose outcome is not known when the skill returns or throws: its result is yet to come, or
 * a mapper has to be asked. It ends once and is recorded once. Until it ends, only its result
 * refers to it, so a result that never comes keeps nothing.
 */
final class PendingUse implements BiConsumer<@Nullable Object, @Nullable Throwable> {

  /** A stage that is returned again and again while it is pending keeps no more uses than this. */
  private static final int MOST_DEPENDENTS = 1000;

  private final UseEndings endings;
  private final SkillDefinition definition;
  private final @Nullable SkillContext context;
  private final @Nullable Outcome mark;
  private final long startNanos;
  private final AtomicBoolean isEnded = new AtomicBoolean();
  private final AtomicBoolean isRecorded = new AtomicBoolean();
  private @Nullable Object ending;
  private Outcome otherwise = Outcome.SUCCESS;
  private long endNanos;

  PendingUse(
      UseEndings endings,
      SkillDefinition definition,
      @Nullable SkillContext context,
      @Nullable Outcome mark,
      long startNanos) {
    this.endings = endings;
    this.definition = definition;
    this.context = context;
    this.mark = mark;
    this.startNanos = startNanos;
  }

  /** The skill has returned. Answers the object that its caller gets. */
  Object returned(Object result, long returnedNanos) {
    try {
      Class<?> type = definition.publisherType();
      Object observed = observed(result);
      if (observed == result || (type != null && type.isInstance(observed))) {
        return observed;
      }
      end(result, null, returnedNanos);
    } catch (Throwable fault) {
      endUnobserved(fault);
    }
    return result;
  }

  /** What tells this how the result comes: itself or a stand-in; null if it is here already. */
  private @Nullable Object observed(Object result) throws Throwable {
    return switch (ResultKind.of(result)) {
      case ResultKind.STAGE -> observed((CompletionStage<?>) result);
      case ResultKind.DEFERRED, ResultKind.FLOW -> KotlinResults.observed(result, this);
      case ResultKind.MONO, ResultKind.FLUX -> ReactorResults.observed(result, this);
      case ResultKind.PUBLISHER -> new ObservedPublisher<>((Flow.Publisher<?>) result, this);
      default -> null;
    };
  }

  private CompletionStage<?> observed(CompletionStage<?> stage) {
    if (stage.getClass() == CompletableFuture.class
        && ((CompletableFuture<?>) stage).getNumberOfDependents() >= MOST_DEPENDENTS) {
      endings.recorder.drop();
    } else {
      stage.whenComplete(this);
    }
    return stage;
  }

  /** The result has come, now. Others' code calls this, so no fault gets out. */
  @Override
  public void accept(@Nullable Object value, @Nullable Throwable thrown) {
    try {
      end(value, thrown, System.nanoTime());
    } catch (Throwable fault) {
      endings.faults.swallowed(fault);
    }
  }

  /** How the result comes cannot be learned, so the use counts as returned. */
  void endUnobserved(Throwable fault) {
    endings.faults.swallowed(fault);
    accept(null, null);
  }

  void end(@Nullable Object value, @Nullable Throwable thrown, long nanos) {
    if (isEnded.getAndSet(true)) {
      return;
    }
    endNanos = nanos;
    Object told = value == null ? null : ResultKind.toldBy(value, endings.faults);
    Throwable failure = told instanceof Throwable carried ? carried : thrown;
    ending = failure == null ? value : failure;
    if (failure != null) {
      otherwise = definition.rules().whenThrown(failure, mark);
    } else if (told instanceof Outcome own && own != Outcome.UNRECOGNISED) {
      otherwise = own;
    } else if (mark != null) {
      otherwise = mark;
    }
    if (ending == null || !definition.mappers().mayJudge(ending)) {
      record(otherwise);
    } else if (!endings.thread.submit(this)) {
      endings.recorder.drop();
    }
  }

  /** Asks the mappers, on their thread. */
  void ask() {
    Outcome outcome = definition.mappers().ask(ending, endings.faults);
    record(outcome == null ? otherwise : outcome);
  }

  /** No mapper is asked, or the one that was asked is late. */
  void abandon(boolean isLate) {
    if (isLate) {
      definition.mappers().giveUpAsked();
      endings.faults.swallowed(new TimeoutException("a mapper takes too long"));
    }
    record(otherwise);
  }

  private void record(Outcome outcome) {
    if (!isRecorded.getAndSet(true)) {
      endings.recorder.record(
          definition.skill(), definition.agentId(), context, outcome, startNanos, endNanos);
    }
  }
}
