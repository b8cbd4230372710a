/**
 * From the caller's thread to the store: a bounded queue that never blocks, and the one thread that
 * empties it.
 *
 * <p>Internal: programs use {@link dev.autoskill.telemetry}, and nothing here is promised to stay.
 */
@NullMarked
package dev.autoskill.telemetry.writer;

import org.jspecify.annotations.NullMarked;
