package dev.autoskill.telemetry.postgres;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What has come to a server. Reports count all of it, so it tells how fresh they are.
 *
 * @param databases how many local databases were ever pushed there
 * @param last when events of any of them came last; null: never
 */
public record Arrivals(long databases, @Nullable Instant last) {}
