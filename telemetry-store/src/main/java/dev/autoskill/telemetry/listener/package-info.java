/**
 * How other code follows uses of skills: {@link TelemetryListener} is told of events in the
 * background, {@link UseObserver} of uses on the threads that they run on. The other types are
 * internal.
 */
@NullMarked
package dev.autoskill.telemetry.listener;

import org.jspecify.annotations.NullMarked;
