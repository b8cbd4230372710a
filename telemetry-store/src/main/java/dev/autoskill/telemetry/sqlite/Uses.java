package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.report.DurationHistogram;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.SuccessRate;
import dev.autoskill.telemetry.report.UseSummary;
import dev.autoskill.telemetry.sqlite.RollupDao.UseRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Uses added up: those of one skill, or of one period. */
final class Uses {

  private final TreeSet<String> agents = new TreeSet<>();
  private final DurationHistogram.Builder durations = DurationHistogram.builder();
  private long uses;
  private long successes;
  private long failures;
  private long partials;
  private long skipped;
  private long timed;
  private double ms;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  void add(UseRow row) {
    agents.add(row.agent());
    uses += row.uses();
    successes += row.successes();
    failures += row.failures();
    partials += row.partials();
    skipped += row.skipped();
    timed += row.timed();
    ms += row.ms();
    first = Math.min(first, row.first());
    last = Math.max(last, row.last());
    addBuckets(row.buckets());
  }

  /** Numbers and counts of buckets in turns, each after a blank but for the first. */
  private void addBuckets(@Nullable String text) {
    int end = text == null ? 0 : text.length();
    for (int at = 0; at < end; ) {
      int blank = text.indexOf(' ', at);
      int next = text.indexOf(' ', blank + 1);
      next = next < 0 ? end : next;
      durations.addBucket(
          Integer.parseInt(text, at, blank, 10), Long.parseLong(text, blank + 1, next, 10));
      at = next + 1;
    }
  }

  long count() {
    return uses;
  }

  DurationHistogram durations() {
    return durations.build();
  }

  @Nullable SuccessRate attemptedSuccessRate() {
    return uses == skipped ? null : new SuccessRate(successes, uses - skipped);
  }

  /** {@return what comparisons need; the histogram must be that of the attempted uses} */
  UseSummary summary() {
    return new UseSummary(uses - skipped, successes, durations());
  }

  EffectivenessReport report(String skill, @Nullable Long sessions) {
    DurationHistogram histogram = durations();
    return new EffectivenessReport(
        skill,
        uses,
        successes,
        failures,
        Math.round(1000.0 * successes / uses) / 1000.0,
        timed == 0
            ? null
            : (Long)
                new BigDecimal(ms)
                    .divide(BigDecimal.valueOf(timed), 9, RoundingMode.HALF_EVEN)
                    .add(new BigDecimal("0.5"))
                    .setScale(0, RoundingMode.FLOOR)
                    .longValue(),
        agents.stream().toList(),
        Timestamps.ofMicros(last),
        partials,
        skipped,
        attemptedSuccessRate(),
        histogram.percentileMs(50),
        histogram.percentileMs(90),
        histogram.percentileMs(95),
        histogram.percentileMs(99),
        Timestamps.ofMicros(first),
        sessions);
  }
}
