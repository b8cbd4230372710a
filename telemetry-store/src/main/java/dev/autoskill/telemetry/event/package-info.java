/**
 * Skills, their uses, and the events that record them.
 *
 * <p>Unless stated otherwise, methods refuse null by a {@link NullPointerException}, and blank,
 * negative or otherwise wrong arguments by an {@link IllegalArgumentException}; both name the
 * argument.
 */
@NullMarked
package dev.autoskill.telemetry.event;

import org.jspecify.annotations.NullMarked;
