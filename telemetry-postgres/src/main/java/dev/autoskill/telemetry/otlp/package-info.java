/**
 * Sends stored events as spans to a collector of OpenTelemetry's, by OTLP over HTTP in JSON, which
 * takes no library. {@link dev.autoskill.telemetry.otlp.OtlpReceiver} is where to begin;
 * docs/metrics-and-traces.md describes the spans.
 */
@NullMarked
package dev.autoskill.telemetry.otlp;

import org.jspecify.annotations.NullMarked;
