/**
 * Decides which data may be recorded and sent.
 *
 * <p>Internal: programs use {@link dev.autoskill.telemetry}, and nothing here is promised to stay.
 */
@NullMarked
package dev.autoskill.telemetry.privacy;

import org.jspecify.annotations.NullMarked;
