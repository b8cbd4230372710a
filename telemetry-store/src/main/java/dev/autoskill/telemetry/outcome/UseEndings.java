package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeSource;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.writer.Faults;
import dev.autoskill.telemetry.writer.Recorder;
import java.time.Duration;
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

  /** No method and no aspect has this number. */
  private static final int REHEARSED = 0;

  private final Recorder recorder;
  private final Faults faults;
  private final int capacity;
  private final long patienceNanos;

  /** Leaves no trace; null before the rehearsal, and once asking mappers was rehearsed too. */
  private volatile @Nullable Recorder rehearsing;

  /** Null before it is needed, which in most programs it never is. */
  private volatile @Nullable OutcomeThread thread;

  // Guarded by this.
  private boolean isClosed;

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
    this.capacity = capacity;
    this.patienceNanos = patience.toNanos();
  }

  /**
   * A use has returned.
   *
   * @param running what runs on the calling thread; null: not known, or another than the skill ran
   *     on
   * @param definition its skill
   * @param context what was current when it was called; null: nothing
   * @param result what it returned; null also if that is a primitive value or nothing
   * @param mark how it was marked from inside; null if it was not
   * @param startNanos when it started, by {@link System#nanoTime()}
   * @param endNanos when it returned, by the same clock
   */
  public void returned(
      @Nullable RunningSkills running,
      SkillDefinition definition,
      @Nullable SkillContext context,
      @Nullable Object result,
      @Nullable Outcome mark,
      long startNanos,
      long endNanos) {
    try {
      if (result == null) {
        Outcome outcome = OutcomeRules.whenReturned(mark);
        record(running, definition, context, outcome, startNanos, endNanos);
        return;
      }
      int kind = ResultKind.of(result);
      if (ResultKind.isYetToCome(kind) && ResultKind.isObservedOnTheSide(kind)) {
        EndingUse use = new EndingUse(this, definition, context, mark, startNanos, false);
        PendingResults.observe(result, kind, use, thread());
      } else {
        came(running, definition, context, result, kind, mark, startNanos, endNanos);
      }
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
  }

  /**
   * A use has thrown.
   *
   * @param running what runs on the calling thread; null: not known, or another than the skill ran
   *     on
   * @param definition its skill
   * @param context what was current when it was called; null: nothing
   * @param thrown what it threw
   * @param mark how it was marked from inside; null if it was not
   * @param startNanos when it started, by {@link System#nanoTime()}
   * @param endNanos when it threw, by the same clock
   */
  public void threw(
      @Nullable RunningSkills running,
      SkillDefinition definition,
      @Nullable SkillContext context,
      Throwable thrown,
      @Nullable Outcome mark,
      long startNanos,
      long endNanos) {
    try {
      failed(running, definition, context, thrown, mark, startNanos, endNanos);
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
  }

  /**
   * A use has returned a result that can only be observed through another object: a publisher, a
   * {@code Mono}, a {@code Flux}, a Kotlin {@code Flow}. The use ends with the first subscription
   * to what is answered here.
   *
   * @param running what runs on the calling thread; null: not known, or another than the skill ran
   *     on
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
      @Nullable RunningSkills running,
      SkillDefinition definition,
      @Nullable SkillContext context,
      @Nullable Object result,
      Class<?> type,
      @Nullable Outcome mark,
      long startNanos,
      long endNanos) {
    try {
      if (result != null) {
        EndingUse use = new EndingUse(this, definition, context, mark, startNanos, true);
        Object observed = Publishers.observed(result, use);
        if (observed != null && type.isInstance(observed)) {
          return observed;
        }
      }
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
    returned(running, definition, context, result, mark, startNanos, endNanos);
    return result;
  }

  /**
   * Waits until it is known how all uses ended that returned or threw before.
   *
   * @param timeout how long to wait at most
   * @return whether it is
   */
  public boolean settle(Duration timeout) {
    OutcomeThread asking = thread;
    return asking == null || asking.settle(TimeUnit.NANOSECONDS.convert(timeout));
  }

  /**
   * Waits as {@link #settle} does, and then for nobody's answer any more. The thread ends.
   *
   * @param timeout how long to wait at most
   */
  public void close(Duration timeout) {
    settle(timeout);
    OutcomeThread last = closed();
    if (last != null) {
      last.close();
    }
  }

  private synchronized @Nullable OutcomeThread closed() {
    isClosed = true;
    return thread;
  }

  private OutcomeThread thread() {
    OutcomeThread known = thread;
    return known == null ? makeThread() : known;
  }

  private synchronized OutcomeThread makeThread() {
    OutcomeThread made = thread;
    if (made == null) {
      made = new OutcomeThread(capacity, patienceNanos, recorder, faults);
      if (isClosed) {
        made.close();
      }
      thread = made;
    }
    return made;
  }

  /**
   * Lets a recorder see one use that returns and one that throws, so that all that takes is loaded.
   * Whoever returns a future has made it, and has room on the stack.
   *
   * @param traceless keeps nothing of it
   */
  public void rehearse(Recorder traceless) {
    UseEndings endings = new UseEndings(1, traceless, faults);
    SkillDefinition definition = SkillDefinition.of(Skill.named("rehearsal"));
    RunningSkills running = RunningSkills.ofThread();
    running.enter(REHEARSED, REHEARSED, 0);
    int frame = running.find(REHEARSED, REHEARSED);
    endings.returned(running, definition, null, null, Marks.of(running, frame), 0, 0);
    running.leave(frame);
    endings.returned(running, definition, null, Outcome.SUCCESS, null, 0, 0);
    endings.threw(running, definition, null, new StackOverflowError(), null, 0, 0);
    // By the stack it is found out which exits an overflow has missed.
    Thread.currentThread().getStackTrace();
    rehearsing = traceless;
  }

  /**
   * A skill is about to be used for the first time. If it has mappers, or may have some, all that
   * asking them takes is loaded, as {@link #rehearse} does for the rest; most programs have none.
   *
   * @param definition the skill
   */
  public void expect(SkillDefinition definition) {
    Recorder traceless = rehearsing;
    if (traceless != null && definition.mappers().mayBeAny()) {
      rehearsing = null;
      try {
        Question question = new Question(definition, null, definition, Outcome.SUCCESS, 0, 0);
        new OutcomeThread(1, patienceNanos, traceless, faults).rehearse(question);
      } catch (Throwable fault) {
        faults.swallowed(fault);
      }
    }
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
        failed(null, definition, context, thrown, mark, startNanos, endNanos);
      } else if (value != null) {
        int kind = ResultKind.of(value);
        came(null, definition, context, value, kind, mark, startNanos, endNanos);
      } else {
        Outcome outcome = OutcomeRules.whenReturned(mark);
        record(null, definition, context, outcome, startNanos, endNanos);
      }
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
  }

  private void came(
      @Nullable RunningSkills running,
      SkillDefinition definition,
      @Nullable SkillContext context,
      Object value,
      int kind,
      @Nullable Outcome mark,
      long startNanos,
      long endNanos) {
    Outcome own = ResultKind.saysOutcome(kind) ? ownOutcome(value, kind) : null;
    Outcome outcome = own == null ? OutcomeRules.whenReturned(mark) : own;
    askOrRecord(running, definition, context, value, outcome, startNanos, endNanos);
  }

  private void failed(
      @Nullable RunningSkills running,
      SkillDefinition definition,
      @Nullable SkillContext context,
      Throwable thrown,
      @Nullable Outcome mark,
      long startNanos,
      long endNanos) {
    Object ending = Wrapped.of(thrown);
    Outcome outcome = definition.rules().whenThrown(ending, mark);
    askOrRecord(running, definition, context, ending, outcome, startNanos, endNanos);
  }

  private void askOrRecord(
      @Nullable RunningSkills running,
      SkillDefinition definition,
      @Nullable SkillContext context,
      Object ending,
      Outcome outcome,
      long startNanos,
      long endNanos) {
    if (!definition.mappers().mayJudge(ending)) {
      record(running, definition, context, outcome, startNanos, endNanos);
    } else if (!thread()
        .ask(new Question(definition, context, ending, outcome, startNanos, endNanos))) {
      recorder.drop();
    }
  }

  private void record(
      @Nullable RunningSkills running,
      SkillDefinition definition,
      @Nullable SkillContext context,
      Outcome outcome,
      long startNanos,
      long endNanos) {
    recorder.record(
        running, definition.skill(), definition.agentId(), context, outcome, startNanos, endNanos);
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
}
