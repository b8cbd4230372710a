package dev.autoskill.telemetry.report;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What comparisons need to know of some uses: those of a skill, in a window, for an agent.
 *
 * @param attempts how many uses were attempted: all but the skipped ones, whatever their outcome;
 *     from 0 to 10<sup>15</sup>
 * @param successes how many of them were a success
 * @param durations how long they took; uses whose duration is not known are left out, so there are
 *     at most {@code attempts}
 */
public record UseSummary(long attempts, long successes, DurationHistogram durations) {

  /** More than any file holds, and few enough to be computed with exactly. */
  static final long MOST_ATTEMPTS = 1_000_000_000_000_000L;

  /**
   * Checks the components.
   *
   * @throws NullPointerException if {@code durations} is null
   * @throws IllegalArgumentException if {@code attempts} is out of range, or {@code successes} is
   *     negative or above {@code attempts}, or {@code durations} are more than {@code attempts}
   */
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

  /**
   * The share of successes among the attempts.
   *
   * @return the rate; null if nothing was attempted
   */
  public @Nullable SuccessRate successRate() {
    return attempts == 0 ? null : new SuccessRate(successes, attempts);
  }
}
