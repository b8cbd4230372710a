/** What the events say, aggregated. */
@NullMarked
package dev.autoskill.telemetry.report;

import org.jspecify.annotations.NullMarked;
