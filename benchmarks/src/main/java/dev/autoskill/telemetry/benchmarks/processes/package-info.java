/** Whole processes: what telemetry adds to their start and end, and to what they hold. */
package dev.autoskill.telemetry.benchmarks.processes;
