package dev.autoskill.telemetry.sqlite;

/**
 * What one agent's uses of one skill add up to.
 *
 * @param durations how many of the uses have a duration
 * @param totalDurationMs the sum of those durations; a floating-point number, since a sum of whole
 *     numbers that others wrote might overflow
 * @param lastUsed the greatest timestamp, as it stands in the table
 */
record SkillTotals(
    String skillName,
    String agentId,
    long uses,
    long successes,
    long failures,
    long durations,
    double totalDurationMs,
    String lastUsed) {}
