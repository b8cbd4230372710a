/** What all benchmarks need to measure and to say what came out. */
package dev.autoskill.telemetry.benchmarks.measuring;
