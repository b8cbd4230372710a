/**
 * From the caller's thread to the store: a bounded queue that never blocks, the thread that empties
 * it into a file (the spool), and the thread that takes events from there to the store.
 *
 * <p>Internal: programs use {@link dev.autoskill.telemetry}, and nothing here is promised to stay.
 */
@NullMarked
package dev.autoskill.telemetry.recording;

import org.jspecify.annotations.NullMarked;
