package dev.autoskill.telemetry.benchmarks.document;

/**
 * A promise, and whether it was kept in this run.
 *
 * @param what is promised of what
 * @param limit the promise
 * @param measured what came out
 * @param isMet whether that is within the limit
 */
public record Budget(String what, String limit, String measured, boolean isMet) {}
