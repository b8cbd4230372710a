package dev.autoskill.telemetry.report;

/**
 * One skill's uses before and after a moment, to be compared.
 *
 * @param baseline the uses before that moment; none if the skill is new
 * @param current the uses from that moment on
 */
public record Windows(UseSummary baseline, UseSummary current) {}
