package dev.autoskill.telemetry.aspect;

/**
 * A {@code TrackedSkill} on a method that names no mapper and lists no exceptions, as most are.
 *
 * @param name its element of that name, empty if left out; the others likewise
 */
record PlainSkill(String name, String value, String id, String agent, boolean ignore) {}
