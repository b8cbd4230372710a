/** The uses of skills as spans and metrics of OpenTelemetry. */
@NullMarked
package dev.autoskill.telemetry.otel;

import org.jspecify.annotations.NullMarked;
