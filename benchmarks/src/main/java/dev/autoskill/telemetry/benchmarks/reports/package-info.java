/** The cost of queries, at sizes from a week's to a decade's events. */
package dev.autoskill.telemetry.benchmarks.reports;
