/**
 * Records which skills AI coding agents use, and how each use ended, on the user's own machine.
 *
 * <p>{@link dev.autoskill.telemetry.TelemetryCollector} is where to start.
 *
 * <p>Unless stated otherwise, methods refuse null by a {@link NullPointerException}, and blank,
 * negative or otherwise wrong arguments by an {@link IllegalArgumentException}; both name the
 * argument.
 */
@NullMarked
package dev.autoskill.telemetry;

import org.jspecify.annotations.NullMarked;
