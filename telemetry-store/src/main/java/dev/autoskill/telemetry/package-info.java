/**
 * Records which skills AI coding agents use, and how each use ended, on the user's own machine.
 *
 * <p>{@link dev.autoskill.telemetry.TelemetryCollector} is where to start.
 */
@NullMarked
package dev.autoskill.telemetry;

import org.jspecify.annotations.NullMarked;
