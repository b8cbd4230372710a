/** Whole processes: short ones, those that report, and how soon events of others are visible. */
package dev.autoskill.telemetry.benchmarks.processes;
