/** Measures what the library costs. */
package dev.autoskill.telemetry.benchmarks;
