package dev.autoskill.telemetry.event;

/**
 * What became of the events that a collector was given since it was opened.
 *
 * <p>While nothing is being recorded or stored, {@code recorded = stored + spooled + queued +
 * dropped + failed}. What a process leaves in its spool when it dies is counted by the collector
 * that finds it, of whichever process, and by that one only: as recorded, and as stored or dropped.
 *
 * @param recorded events handed to the collector while telemetry was on, and those it found in the
 *     spools of dead processes and stored or dropped
 * @param stored events that are in the database
 * @param spooled events that wait in this collector's spool file to be stored, and outlive the
 *     process; once it is closed, those it left there for another
 * @param queued events that wait in memory, to be spooled or stored
 * @param dropped events given up at once, because too many were waiting, the collector was closed,
 *     or it cannot be known whether their result came; and those of dead processes that went
 *     because the spools had reached their limit, some of which may have been stored before
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
