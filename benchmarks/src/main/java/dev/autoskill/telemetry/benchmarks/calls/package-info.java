/** The cost of a tracked call, beside two readings of the clock and the offers of others. */
package dev.autoskill.telemetry.benchmarks.calls;
