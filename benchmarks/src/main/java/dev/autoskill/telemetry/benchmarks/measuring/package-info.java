/** Means to measure, and to state results. */
package dev.autoskill.telemetry.benchmarks.measuring;
