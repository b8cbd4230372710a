package dev.autoskill.telemetry.report;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The counts of a sample of uses that comparisons need: those of a skill, a window, or an agent.
 *
 * @param attempts how many uses were attempted: all but the skipped ones, whatever their outcome;
 *     from 0 to 10<sup>12</sup>
 * @param successes how many of them were a success
 * @param durations how long they took; uses whose duration is not known are left out, so there are
 *     at most {@code attempts}
 */
public record UseSummary(long attempts, long successes, DurationHistogram durations) {

  /** No uses. */
  public static final UseSummary NONE = new UseSummary(0, 0, DurationHistogram.NONE);

  /** More than any file holds, and few enough to be computed with. */
  private static final long MOST_ATTEMPTS = 1_000_000_000_000L;

  /** Checks the components. */
  public UseSummary {
    Objects.requireNonNull(durations, "durations must not be null");
    if (attempts < 0 || attempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          "attempts must be from 0 to %d: %d".formatted(MOST_ATTEMPTS, attempts));
    }
    if (successes < 0 || successes > attempts) {
      throw new IllegalArgumentException(
          "successes must be from 0 to attempts: %d of %d".formatted(successes, attempts));
    }
    if (durations.count() > attempts) {
      throw new IllegalArgumentException(
          "durations must not be more than attempts: %d of %d"
              .formatted(durations.count(), attempts));
    }
  }

  /** {@return the share of successes among the attempts; null if nothing was attempted} */
  public @Nullable SuccessRate successRate() {
    return attempts == 0 ? null : new SuccessRate(successes, attempts);
  }
}
