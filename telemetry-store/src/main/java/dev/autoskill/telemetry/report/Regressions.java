package dev.autoskill.telemetry.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A gate: which skills became worse since some moment, so that a build can fail on it. It is both
 * the question, with its two windows of time, and the rule that answers it.
 *
 * <p>Each skill that has enough uses in both windows is tested twice:
 *
 * <ul>
 *   <li>Did its success rate fall? Fisher's exact test, one-sided; for very large counts the normal
 *       distribution, which then hardly differs.
 *   <li>Did its 95th percentile of the durations rise? The test counts the current uses that are
 *       slower than the baseline's p95, and compares them with the 5 % that are in the baseline.
 *       The baseline's own percentile is the threshold, so the number of exceedances follows the
 *       hypergeometric distribution of Fisher's test exactly, however durations are distributed (H.
 *       C. Mathisen, <i>Annals of Mathematical Statistics</i> 14 (1943) 188–194; E. J. Gumbel and
 *       H. von Schelling, <i>The distribution of the number of exceedances</i>, ibid. 21 (1950)
 *       247–262). Uses in the same bucket as the threshold do not count as slower.
 * </ul>
 *
 * <p>Many tests find something by chance, so all p-values of all skills together are corrected by
 * Holm's method: if nothing has changed, the probability that the gate names any skill at all is at
 * most {@link #level}. Of what is beyond chance, only changes of at least the stated size are
 * named. All this takes uses to be independent of each other; a skill that fails in bursts, because
 * a network was down, seems surer than it is.
 *
 * <pre>{@code
 * Regressions.since(release).minimumRateDrop(0.02).minimumUses(50)
 * }</pre>
 *
 * <p>Immutable, so that threads may share it: each method that takes a value returns a gate that
 * has it.
 *
 * @param since when the current window begins; it has no end
 * @param baseline how much time before {@code since} is the baseline; 28 days unless set
 * @param minimumUses how many attempted uses (for the p95: with a duration) a skill needs in each
 *     of the two windows to be looked at; at least 1, and 20 unless set
 * @param minimumRateDrop how far the success rate must have fallen; 0.05 (from 98 % to 93 %) unless
 *     set
 * @param minimumP95Rise by which share of itself the p95 must have risen; 0.2 (from 100 ms to 120
 *     ms) unless set. Percentiles are within 1/32, so less than 0.07 tells little
 * @param minimumSlowdown by how much time the p95 must have risen besides, since a fifth of a
 *     millisecond matters to nobody; 10 ms unless set
 * @param level how probable a false alarm may be, for all skills together; more than 0 and less
 *     than 1, and 0.05 unless set
 */
public record Regressions(
    Instant since,
    Duration baseline,
    long minimumUses,
    double minimumRateDrop,
    double minimumP95Rise,
    Duration minimumSlowdown,
    double level) {

  /**
   * Checks the components.
   *
   * @throws NullPointerException if one is null
   * @throws IllegalArgumentException if {@code baseline} is not positive, {@code minimumUses} is
   *     below 1, {@code minimumRateDrop} is not from 0 to 1, {@code minimumP95Rise} or {@code
   *     minimumSlowdown} is negative, or {@code level} is not between 0 and 1
   */
  public Regressions {
    Objects.requireNonNull(since, "since must not be null");
    Objects.requireNonNull(baseline, "baseline must not be null");
    Objects.requireNonNull(minimumSlowdown, "minimumSlowdown must not be null");
    require(!baseline.isNegative() && !baseline.isZero(), "baseline must be positive", baseline);
    require(minimumUses >= 1, "minimumUses must be at least 1", minimumUses);
    require(
        minimumRateDrop >= 0 && minimumRateDrop <= 1,
        "minimumRateDrop must be from 0 to 1",
        minimumRateDrop);
    require(
        minimumP95Rise >= 0 && minimumP95Rise < Double.POSITIVE_INFINITY,
        "minimumP95Rise must not be negative",
        minimumP95Rise);
    require(!minimumSlowdown.isNegative(), "minimumSlowdown must not be negative", minimumSlowdown);
    require(level > 0 && level < 1, "level must be between 0 and 1", level);
  }

  private static void require(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ": " + value);
    }
  }

  /**
   * A gate with the usual sizes.
   *
   * @param since when the current window begins: when a version was released, for example
   * @return the gate
   * @throws NullPointerException if {@code since} is null
   */
  public static Regressions since(Instant since) {
    return new Regressions(since, Duration.ofDays(28), 20, 0.05, 0.2, Duration.ofMillis(10), 0.05);
  }

  /**
   * This gate with another length of the baseline.
   *
   * @param baseline how much time before {@link #since()} is the baseline; positive
   * @return the gate with that baseline
   * @throws NullPointerException if {@code baseline} is null
   * @throws IllegalArgumentException if {@code baseline} is not positive
   */
  public Regressions baseline(Duration baseline) {
    return new Regressions(
        since, baseline, minimumUses, minimumRateDrop, minimumP95Rise, minimumSlowdown, level);
  }

  /**
   * This gate with another number of uses that a skill needs to be looked at.
   *
   * @param minimumUses how many in each window; at least 1
   * @return the gate with that minimum
   * @throws IllegalArgumentException if {@code minimumUses} is below 1
   */
  public Regressions minimumUses(long minimumUses) {
    return new Regressions(
        since, baseline, minimumUses, minimumRateDrop, minimumP95Rise, minimumSlowdown, level);
  }

  /**
   * This gate with another size that a fall of the success rate must have.
   *
   * @param minimumRateDrop the difference of the rates, from 0.0 to 1.0
   * @return the gate with that minimum
   * @throws IllegalArgumentException if {@code minimumRateDrop} is out of range
   */
  public Regressions minimumRateDrop(double minimumRateDrop) {
    return new Regressions(
        since, baseline, minimumUses, minimumRateDrop, minimumP95Rise, minimumSlowdown, level);
  }

  /**
   * This gate with another size that a rise of the p95 must have, relative to the baseline's.
   *
   * @param minimumP95Rise the share of the baseline's p95; 0.5 asks for one and a half of it
   * @return the gate with that minimum
   * @throws IllegalArgumentException if {@code minimumP95Rise} is negative or not finite
   */
  public Regressions minimumP95Rise(double minimumP95Rise) {
    return new Regressions(
        since, baseline, minimumUses, minimumRateDrop, minimumP95Rise, minimumSlowdown, level);
  }

  /**
   * This gate with another size that a rise of the p95 must have, in time.
   *
   * @param minimumSlowdown the difference of the p95s; not negative
   * @return the gate with that minimum
   * @throws NullPointerException if {@code minimumSlowdown} is null
   * @throws IllegalArgumentException if {@code minimumSlowdown} is negative
   */
  public Regressions minimumSlowdown(Duration minimumSlowdown) {
    return new Regressions(
        since, baseline, minimumUses, minimumRateDrop, minimumP95Rise, minimumSlowdown, level);
  }

  /**
   * This gate with another probability of a false alarm.
   *
   * @param level the probability, for all skills together; more than 0 and less than 1
   * @return the gate with that level
   * @throws IllegalArgumentException if {@code level} is out of range
   */
  public Regressions level(double level) {
    return new Regressions(
        since, baseline, minimumUses, minimumRateDrop, minimumP95Rise, minimumSlowdown, level);
  }

  /**
   * When the baseline begins; it ends just before {@link #since()}.
   *
   * @return {@code since} less {@code baseline}, or {@link Instant#MIN} if that is before it
   */
  public Instant baselineStart() {
    boolean reaches = baseline.compareTo(Duration.between(Instant.MIN, since)) <= 0;
    return reaches ? since.minus(baseline) : Instant.MIN;
  }

  /**
   * The skills that became worse: the rule of the gate, which reads nothing but its argument.
   *
   * @param skills each skill's uses in the two windows, by the skill's name. All skills that were
   *     used belong in it, since the correction counts them
   * @return what became worse, the surest first; at most two entries a skill; empty if nothing did
   * @throws NullPointerException if {@code skills}, a name or a value in it is null
   */
  public List<Regression> among(Map<String, Windows> skills) {
    Objects.requireNonNull(skills, "skills must not be null");
    return new RegressionRule(this).among(skills);
  }
}
