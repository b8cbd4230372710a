package dev.autoskill.telemetry.event;

/**
 * Counts what became of the events that a collector was given since it was opened.
 *
 * <p>While nothing is being recorded, {@code recorded = stored + spooled + queued + dropped +
 * failed}, unless events of other processes were dropped. Events of other processes that the
 * collector stored are not counted.
 *
 * @param recorded events handed to the collector while telemetry was on
 * @param stored events that are in the database
 * @param spooled events that wait in this collector's spool file to be stored, and outlive the
 *     process; once it is closed, those it left there for another
 * @param queued events that wait in memory, to be spooled or stored
 * @param dropped events given up at once, because too many were waiting, the collector was closed,
 *     or it cannot be known whether their result came; and events of dead processes that were
 *     deleted because the spools had reached their limit, some of which may have been stored
 * @param failed events given up at the end, because neither the spool nor the database could take
 *     them until the collector was closed, those that somebody destroyed in the spool file, and
 *     uses of which a fault kept any event from being made
 * @param redacted ids and names that were stored as {@code redacted}, because they looked private
 * @param faults failures that were swallowed so that no caller noticed: of the database, of its
 *     file, or of this library
 */
public record TelemetryStats(
    long recorded,
    long stored,
    long spooled,
    long queued,
    long dropped,
    long failed,
    long redacted,
    long faults) {}
