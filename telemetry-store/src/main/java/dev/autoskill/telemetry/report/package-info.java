/**
 * Aggregated events: reports, trends, comparisons, and their export.
 *
 * <p>Unless stated otherwise, methods refuse null by a {@link NullPointerException}, and blank,
 * negative or otherwise wrong arguments by an {@link IllegalArgumentException}; both name the
 * argument.
 */
@NullMarked
package dev.autoskill.telemetry.report;

import org.jspecify.annotations.NullMarked;
