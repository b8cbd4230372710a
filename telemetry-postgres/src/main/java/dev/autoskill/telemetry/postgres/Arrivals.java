package dev.autoskill.telemetry.postgres;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The arrivals at a server. Reports count all that has come, so these tell how fresh they are.
 *
 * @param databases how many local databases were ever pushed there
 * @param last when events of any of them came last; null: never
 */
public record Arrivals(long databases, @Nullable Instant last) {}
