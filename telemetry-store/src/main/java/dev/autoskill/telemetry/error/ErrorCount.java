package dev.autoskill.telemetry.error;

/**
 * How many uses of a skill failed by exceptions of one class.
 *
 * @param error the name of the class, for example {@code java.io.IOException}; at most 256
 *     characters
 * @param uses how many uses; at least 1
 */
public record ErrorCount(String error, long uses) {}
