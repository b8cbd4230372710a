/**
 * How a use of a skill ends. Internal, but for authors of instrumentations: see {@link
 * dev.autoskill.telemetry.outcome.UseEndings}.
 */
@NullMarked
package dev.autoskill.telemetry.outcome;

import org.jspecify.annotations.NullMarked;
