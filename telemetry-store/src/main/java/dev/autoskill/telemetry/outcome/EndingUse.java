package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillContext;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A use whose skill has returned a result that is yet to come. Whatever tells it first that the
 * result has come ends it; it is not told twice.
 *
 * <p>Nobody holds it but that result, and for a plain future its watch. So a result that never
 * comes takes the use with it.
 */
final class EndingUse implements BiConsumer<@Nullable Object, @Nullable Throwable> {

  private final UseEndings endings;
  private final SkillDefinition definition;
  private final @Nullable SkillContext context;
  private final @Nullable Outcome mark;
  private final long startNanos;
  private final AtomicBoolean hasEnded = new AtomicBoolean();

  /** Whether the skill returned what is observed through a stand-in. */
  private final boolean isBodyMoved;

  /** Where it is waited for as well; null if nowhere. */
  private volatile @Nullable Watched watched;

  EndingUse(
      UseEndings endings,
      SkillDefinition definition,
      @Nullable SkillContext context,
      @Nullable Outcome mark,
      long startNanos,
      boolean isBodyMoved) {
    this.endings = endings;
    this.definition = definition;
    this.context = context;
    this.mark = mark;
    this.startNanos = startNanos;
    this.isBodyMoved = isBodyMoved;
  }

  /** Which outlive this use, and count what goes wrong with it. */
  UseEndings endings() {
    return endings;
  }

  long startNanos() {
    return startNanos;
  }

  boolean hasEnded() {
    return hasEnded.get();
  }

  /** Somebody looks for the result, too, until it has come. */
  void isWatchedBy(Watched watched) {
    this.watched = watched;
  }

  /** The result has come, now. Called amid others' code, which no fault may reach. */
  @Override
  public void accept(@Nullable Object value, @Nullable Throwable thrown) {
    try {
      end(value, thrown, System.nanoTime());
      if (thrown != null && isBodyMoved) {
        MovedBodies.putBack(thrown);
      }
    } catch (Throwable fault) {
      endings.swallowed(fault);
    }
  }

  /** Nobody wants the result any more. */
  void cancelled() {
    try {
      end(null, new CancellationException(), System.nanoTime());
    } catch (Throwable fault) {
      endings.swallowed(fault);
    }
  }

  /** It cannot be learned how the result came, so the use counts as returned. */
  void endUnobserved(Throwable fault) {
    endings.swallowed(fault);
    accept(null, null);
  }

  void end(@Nullable Object value, @Nullable Throwable thrown, long endNanos) {
    if (hasEnded.compareAndSet(false, true)) {
      Watched superfluous = watched;
      if (superfluous != null) {
        superfluous.leave();
      }
      endings.ended(definition, context, value, thrown, mark, startNanos, endNanos);
    }
  }

  /** It cannot be recorded. */
  void drop() {
    if (hasEnded.compareAndSet(false, true)) {
      endings.dropped();
    }
  }

  void swallowed(Throwable fault) {
    endings.swallowed(fault);
  }
}
