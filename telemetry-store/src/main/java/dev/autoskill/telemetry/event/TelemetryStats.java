package dev.autoskill.telemetry.event;

/**
 * What became of the events that a collector was given since it was opened.
 *
 * <p>While nothing is being recorded or stored, {@code recorded = stored + queued + dropped +
 * failed}.
 *
 * @param recorded events handed to the collector while telemetry was on
 * @param stored events that are in the database
 * @param queued events that wait, in memory, to be stored
 * @param dropped events given up at once, because too many were waiting or the collector was closed
 * @param failed events given up at the end, because the database could not take them until the
 *     collector was closed
 * @param redacted ids and names that were stored as {@code redacted}, because they looked private
 * @param faults failures that were swallowed so that no caller noticed: of the database, of its
 *     file, or of this library
 */
public record TelemetryStats(
    long recorded,
    long stored,
    long queued,
    long dropped,
    long failed,
    long redacted,
    long faults) {}
