/** What a tracked call costs, beside two readings of the clock and what others offer. */
package dev.autoskill.telemetry.benchmarks.calls;
