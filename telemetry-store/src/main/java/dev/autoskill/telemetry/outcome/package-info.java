/**
 * How a use of a skill ends: its outcome, and, where the result is yet to come, its time.
 *
 * <p>Internal, but for who writes an instrumentation of their own: see {@link
 * dev.autoskill.telemetry.outcome.UseEndings}.
 */
@NullMarked
package dev.autoskill.telemetry.outcome;

import org.jspecify.annotations.NullMarked;
