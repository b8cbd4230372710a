/** The document with the results. */
package dev.autoskill.telemetry.benchmarks.document;
