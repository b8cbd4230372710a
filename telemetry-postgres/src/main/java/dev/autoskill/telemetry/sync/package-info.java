/**
 * Copies the events of a local database to a {@link dev.autoskill.telemetry.sync.Receiver} that
 * somebody named: reads them, notes how far that came, and repeats an attempt that failed in
 * passing. {@link dev.autoskill.telemetry.sync.EventPush} is where to begin.
 */
@NullMarked
package dev.autoskill.telemetry.sync;

import org.jspecify.annotations.NullMarked;
