package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.postgres.ReportDao.Counted;
import dev.autoskill.telemetry.postgres.RollupDao.Timed;
import dev.autoskill.telemetry.report.DurationHistogram;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.SuccessRate;
import dev.autoskill.telemetry.report.TrendPoint;
import dev.autoskill.telemetry.report.UseSummary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Adds up uses: those of a skill, of a period, or of all. */
final class Tally {

  private final TreeSet<String> agents = new TreeSet<>();
  private final Map<Integer, Long> durations = new HashMap<>();
  private final Map<Integer, Long> attemptedDurations = new HashMap<>();
  private long uses;
  private long successes;
  private long failures;
  private long partials;
  private long skipped;
  private double ms;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /** Finds the one that uses belong to. */
  @FunctionalInterface
  interface Finder {

    /**
     * {@return the tally of a skill in a period}
     *
     * @param skill the skill's name
     * @param period as {@link Counted#period} counts
     */
    Tally of(String skill, int period);
  }

  void add(Counted counted) {
    agents.add(counted.agent());
    uses += counted.uses();
    successes += counted.successes();
    failures += counted.failures();
    partials += counted.partials();
    skipped += counted.skipped();
    ms += counted.ms();
    first = Math.min(first, counted.first());
    last = Math.max(last, counted.last());
    if (counted.bucket() != null) {
      addDurations(counted.bucket(), counted.uses(), counted.skipped());
    }
  }

  /** Adds the durations of uses that are counted already. */
  void add(Timed timed) {
    addDurations(timed.bucket(), timed.uses(), timed.skipped());
  }

  private void addDurations(int bucket, long uses, long skipped) {
    durations.merge(bucket, uses, Long::sum);
    attemptedDurations.merge(bucket, uses - skipped, Long::sum);
  }

  private @Nullable SuccessRate attemptedSuccessRate() {
    return uses == skipped ? null : new SuccessRate(successes, uses - skipped);
  }

  UseSummary summary() {
    return new UseSummary(uses - skipped, successes, new DurationHistogram(attemptedDurations));
  }

  TrendPoint point(TrendPoint period) {
    DurationHistogram all = new DurationHistogram(durations);
    return new TrendPoint(
        period.start(),
        period.from(),
        period.until(),
        uses,
        attemptedSuccessRate(),
        all.percentileMs(50),
        all.percentileMs(95));
  }

  /** {@return the report of a skill that has uses} */
  EffectivenessReport report(String skill, @Nullable Long sessions) {
    DurationHistogram all = new DurationHistogram(durations);
    return new EffectivenessReport(
        skill,
        uses,
        successes,
        failures,
        Math.round(1000.0 * successes / uses) / 1000.0,
        all.count() == 0 ? null : (Long) Math.round(ms / all.count()),
        List.copyOf(agents),
        Micros.instant(last),
        partials,
        skipped,
        attemptedSuccessRate(),
        all.percentileMs(50),
        all.percentileMs(90),
        all.percentileMs(95),
        all.percentileMs(99),
        Micros.instant(first),
        sessions);
  }

  long uses() {
    return uses;
  }
}
