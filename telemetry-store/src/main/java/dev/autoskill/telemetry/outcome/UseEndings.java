package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeSource;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.writer.Faults;
import dev.autoskill.telemetry.writer.Recorder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What an instrumentation tells when a skill returns or throws: from here on it is known what the
 * outcome is, or who has to be asked, or what has to be waited for.
 *
 * <p>The caller's thread never waits, and no fault gets out. Safe for use by any number of threads.
 */
public final class UseEndings {

  /** How long a mapper may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Recorder recorder;
  private final Faults faults;
  private final OutcomeThread thread;

  /**
   * Makes them.
   *
   * @param capacity how many uses may wait for a mapper's answer
   * @param recorder records the uses
   * @param faults counts what is swallowed
   */
  public UseEndings(int capacity, Recorder recorder, Faults faults) {
    this(capacity, PATIENCE, recorder, faults);
  }

  UseEndings(int capacity, Duration patience, Recorder recorder, Faults faults) {
    this.recorder = recorder;
    this.faults = faults;
    this.thread = new OutcomeThread(capacity, patience.toNanos(), recorder, faults);
  }

  /**
   * A use has returned.
   *
   * @param definition its skill
   * @param context what was current when it was called; null: nothing
   * @param result what it returned; null also if that is a primitive value or nothing
   * @param mark how it was marked from inside; null if it was not
   * @param startNanos when it started, by {@link System#nanoTime()}
   * @param endNanos when it returned, by the same clock
   */
  public void returned(
      SkillDefinition definition,
      @Nullable SkillContext context,
      @Nullable Object result,
      @Nullable Outcome mark,
      long startNanos,
      long endNanos) {
    try {
      if (result == null) {
        Outcome outcome = OutcomeRules.whenReturned(mark);
        record(definition, context, outcome, startNanos, endNanos);
        return;
      }
      int kind = ResultKind.of(result);
      if (ResultKind.isYetToCome(kind) && ResultKind.isObservedOnTheSide(kind)) {
        observe(result, kind, new EndingUse(this, definition, context, mark, startNanos));
      } else {
        came(definition, context, result, kind, mark, startNanos, endNanos);
      }
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
  }

  /**
   * A use has thrown.
   *
   * @param definition its skill
   * @param context what was current when it was called; null: nothing
   * @param thrown what it threw
   * @param mark how it was marked from inside; null if it was not
   * @param startNanos when it started, by {@link System#nanoTime()}
   * @param endNanos when it threw, by the same clock
   */
  public void threw(
      SkillDefinition definition,
      @Nullable SkillContext context,
      Throwable thrown,
      @Nullable Outcome mark,
      long startNanos,
      long endNanos) {
    try {
      failed(definition, context, thrown, mark, startNanos, endNanos);
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
  }

  /**
   * A use has returned a result that can only be observed through another object: a publisher, a
   * {@code Mono}, a {@code Flux}, a Kotlin {@code Flow}. The use ends with the first subscription
   * to what is answered here.
   *
   * @param definition its skill
   * @param context what was current when it was called; null: nothing
   * @param result what it returned
   * @param type the type to stay within
   * @param mark how it was marked from inside; null if it was not
   * @param startNanos when it started, by {@link System#nanoTime()}
   * @param endNanos when it returned, by the same clock
   * @return what to return in its place; the same object if that cannot be observed
   */
  public @Nullable Object returnedPublisher(
      SkillDefinition definition,
      @Nullable SkillContext context,
      @Nullable Object result,
      Class<?> type,
      @Nullable Outcome mark,
      long startNanos,
      long endNanos) {
    try {
      if (result != null) {
        EndingUse use = new EndingUse(this, definition, context, mark, startNanos);
        Object observed = Publishers.observed(result, use);
        if (observed != null && type.isInstance(observed)) {
          return observed;
        }
      }
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
    returned(definition, context, result, mark, startNanos, endNanos);
    return result;
  }

  /**
   * Waits until it is known how all uses ended that returned or threw before.
   *
   * @param timeout how long to wait at most
   * @return whether it is
   */
  public boolean settle(Duration timeout) {
    return thread.settle(TimeUnit.NANOSECONDS.convert(timeout));
  }

  /**
   * Waits as {@link #settle} does, and then for nobody's answer any more. The thread ends.
   *
   * @param timeout how long to wait at most
   */
  public void close(Duration timeout) {
    settle(timeout);
    thread.close();
  }

  /**
   * Lets a recorder see one use of each common kind, so that all that takes is loaded.
   *
   * @param recorder keeps nothing of it
   * @param faults counts what is swallowed
   */
  public static void rehearse(Recorder recorder, Faults faults) {
    UseEndings endings = new UseEndings(1, recorder, faults);
    SkillDefinition definition = SkillDefinition.of(Skill.named("rehearsal"));
    TrackedBlocks blocks = new TrackedBlocks(endings, faults);
    blocks.enter(0);
    endings.returned(definition, null, null, blocks.leave(), 0, 0);
    endings.returned(definition, null, Outcome.SUCCESS, null, 0, 0);
    endings.returned(definition, null, CompletableFuture.completedFuture(null), null, 0, 0);
    endings.threw(definition, null, new StackOverflowError(), null, 0, 0);
    // By the stack it is found out which exits an overflow has missed.
    Thread.currentThread().getStackTrace();
    endings.thread.rehearse(new Question(definition, null, definition, Outcome.SUCCESS, 0, 0));
  }

  void swallowed(Throwable fault) {
    faults.swallowed(fault);
  }

  void dropped() {
    recorder.drop();
  }

  /** A result that was yet to come has come, or will not. */
  void ended(
      SkillDefinition definition,
      @Nullable SkillContext context,
      @Nullable Object value,
      @Nullable Throwable thrown,
      @Nullable Outcome mark,
      long startNanos,
      long endNanos) {
    try {
      if (thrown != null) {
        failed(definition, context, thrown, mark, startNanos, endNanos);
      } else if (value != null) {
        int kind = ResultKind.of(value);
        came(definition, context, value, kind, mark, startNanos, endNanos);
      } else {
        Outcome outcome = OutcomeRules.whenReturned(mark);
        record(definition, context, outcome, startNanos, endNanos);
      }
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
  }

  private void came(
      SkillDefinition definition,
      @Nullable SkillContext context,
      Object value,
      int kind,
      @Nullable Outcome mark,
      long startNanos,
      long endNanos) {
    Outcome own = ResultKind.saysOutcome(kind) ? ownOutcome(value, kind) : null;
    Outcome outcome = own == null ? OutcomeRules.whenReturned(mark) : own;
    askOrRecord(definition, context, value, outcome, startNanos, endNanos);
  }

  private void failed(
      SkillDefinition definition,
      @Nullable SkillContext context,
      Throwable thrown,
      @Nullable Outcome mark,
      long startNanos,
      long endNanos) {
    Object ending = Wrapped.of(thrown);
    Outcome outcome = definition.rules().whenThrown(ending, mark);
    askOrRecord(definition, context, ending, outcome, startNanos, endNanos);
  }

  private void askOrRecord(
      SkillDefinition definition,
      @Nullable SkillContext context,
      Object ending,
      Outcome outcome,
      long startNanos,
      long endNanos) {
    if (!definition.mappers().mayJudge(ending)) {
      record(definition, context, outcome, startNanos, endNanos);
    } else if (!thread.ask(
        new Question(definition, context, ending, outcome, startNanos, endNanos))) {
      recorder.drop();
    }
  }

  private void record(
      SkillDefinition definition,
      @Nullable SkillContext context,
      Outcome outcome,
      long startNanos,
      long endNanos) {
    recorder.record(
        definition.skill(), definition.agentId(), context, outcome, startNanos, endNanos);
  }

  /** What a result says of itself; null if that is nothing. */
  private @Nullable Outcome ownOutcome(Object value, int kind) {
    try {
      Outcome own;
      if (kind == ResultKind.MCP_RESULT) {
        own = McpResults.outcomeOf(value);
      } else {
        own = value instanceof Outcome outcome ? outcome : ((OutcomeSource) value).outcome();
      }
      return own == Outcome.UNRECOGNISED ? null : own;
    } catch (Throwable fault) {
      faults.swallowed(fault);
      return null;
    }
  }

  /** The use ends later, when its result comes, which then tells. */
  private void observe(Object result, int kind, EndingUse use) {
    try {
      switch (kind) {
        case ResultKind.STAGE -> observeStage((CompletionStage<?>) result, use);
        case ResultKind.FUTURE -> {
          if (!thread.watch(new WatchedFuture((Future<?>) result, use))) {
            use.drop();
          }
        }
        default -> KotlinResults.whenComplete(result, use);
      }
    } catch (Throwable fault) {
      use.endUnobserved(fault);
    }
  }

  /** A stage that is returned over and over while it is pending gathers no more than is watched. */
  private void observeStage(CompletionStage<?> stage, EndingUse use) {
    if (stage instanceof CompletableFuture<?> future && WatchedStage.isPending(future)) {
      Watched watched = new WatchedStage(future, use);
      use.isWatchedBy(watched);
      if (!thread.watch(watched) && !thread.isClosed()) {
        use.drop();
        return;
      }
    }
    stage.whenComplete(use);
  }
}
