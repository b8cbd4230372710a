package dev.autoskill.telemetry.sync;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a local database was pushed, as it has noted itself; the server is not asked.
 *
 * @param pushed how many of its events were pushed, or left out by a push
 * @param waiting how many were not
 * @param lastPush when a push last came to its end; null: never
 */
public record PushStatus(long pushed, long waiting, @Nullable Instant lastPush) {}
