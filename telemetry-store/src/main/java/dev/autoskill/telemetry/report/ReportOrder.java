package dev.autoskill.telemetry.report;

import java.util.Comparator;

/** The order of reports. Reports that are equal in it are ordered by {@code skillName}. */
public enum ReportOrder {
  /** The most used first. */
  MOST_USED(Comparator.comparingLong(EffectivenessReport::totalUses).reversed()),

  /** By name. */
  NAME(Comparator.comparing(EffectivenessReport::skillName)),

  /**
   * The least successful first, by the upper end of the interval of the {@linkplain
   * EffectivenessReport#attemptedSuccessRate() attempted success rate}, so that ten failures of ten
   * come before one of one; skills that never attempted anything come last.
   */
  LEAST_SUCCESSFUL(Comparator.comparingDouble(ReportOrder::upperRate)),

  /** The slowest first, by the 95th percentile; skills without durations come last. */
  SLOWEST(Comparator.comparingLong(ReportOrder::p95OrLess).reversed()),

  /** The most recently used first. */
  LAST_USED(Comparator.comparing(EffectivenessReport::lastUsed).reversed());

  private final Comparator<EffectivenessReport> comparator;

  ReportOrder(Comparator<EffectivenessReport> comparator) {
    this.comparator = comparator.thenComparing(EffectivenessReport::skillName);
  }

  /** {@return the order as a comparator} */
  public Comparator<EffectivenessReport> comparator() {
    return comparator;
  }

  private static double upperRate(EffectivenessReport report) {
    SuccessRate rate = report.attemptedSuccessRate();
    return rate == null ? Double.MAX_VALUE : rate.interval95().high();
  }

  private static long p95OrLess(EffectivenessReport report) {
    Long p95 = report.p95Ms();
    return p95 == null ? Long.MIN_VALUE : p95;
  }
}
