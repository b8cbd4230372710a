/** The document that says what the benchmarks found out. */
package dev.autoskill.telemetry.benchmarks.document;
