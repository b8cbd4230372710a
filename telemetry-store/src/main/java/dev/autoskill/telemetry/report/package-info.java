/** Aggregated events: reports, trends, comparisons, and their export. */
@NullMarked
package dev.autoskill.telemetry.report;

import org.jspecify.annotations.NullMarked;
