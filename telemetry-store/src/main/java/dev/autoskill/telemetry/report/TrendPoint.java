package dev.autoskill.telemetry.report;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The uses of one period, added up.
 *
 * @param start the period's first day
 * @param from the first moment that counts: when the period begins or, if that is later, the
 *     query's window
 * @param until the first moment that no longer counts
 * @param uses how many uses there were; 0 if there was none
 * @param attemptedSuccessRate successes among all uses but the skipped ones, with its confidence
 *     interval; null if nothing was attempted
 * @param p50Ms the median duration in milliseconds, as in {@link EffectivenessReport#p50Ms()}; null
 *     if no use has a duration
 * @param p95Ms the 95th percentile, likewise
 */
public record TrendPoint(
    LocalDate start,
    Instant from,
    Instant until,
    long uses,
    @Nullable SuccessRate attemptedSuccessRate,
    @Nullable Long p50Ms,
    @Nullable Long p95Ms) {}
