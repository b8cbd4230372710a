package dev.autoskill.telemetry.listener;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.error.ErrorDetail;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.recording.UseRecorder;
import org.jspecify.annotations.Nullable;

/** Records the end of one use, and tells an observer of it. No fault of the observer gets out. */
public final class ObservedUse implements UseRecorder {

  private final UseObserver.Use use;
  private final Guard guard;

  /** The real one, or the same use for the observer that was told before. */
  private final UseRecorder recorder;

  ObservedUse(UseObserver.Use use, Guard guard, UseRecorder recorder) {
    this.use = use;
    this.guard = guard;
    this.recorder = recorder;
  }

  /** The skill's body has returned or thrown: told to each observer, the last one first. */
  public void left() {
    guard.call(
        () -> {
          use.left();
          return null;
        });
    if (recorder instanceof ObservedUse earlier) {
      earlier.left();
    }
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
    recorder.record(skill, agentId, context, outcome, thrown, startNanos, endNanos);
    Class<?> error = thrown == null ? null : ErrorDetail.unwrapped(thrown).getClass();
    ended(outcome, startNanos, endNanos, error);
  }

  @Override
  public void drop() {
    recorder.drop();
    ended(null, 0, 0, null);
  }

  private void ended(
      @Nullable Outcome outcome, long startNanos, long endNanos, @Nullable Class<?> error) {
    if (!guard.isCutOff()) {
      guard.call(
          () -> {
            use.ended(outcome, startNanos, endNanos, error);
            return null;
          });
    }
  }
}
