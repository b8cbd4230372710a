/**
 * The optional, anonymous HTTP GET with aggregate data only. What may go is on an allow-list; a
 * session or a skill never is.
 *
 * <p>Internal: programs use {@link dev.autoskill.telemetry}, and nothing here is promised to stay.
 */
@NullMarked
package dev.autoskill.telemetry.beacon;

import org.jspecify.annotations.NullMarked;
