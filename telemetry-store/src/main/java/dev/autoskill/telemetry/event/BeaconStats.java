package dev.autoskill.telemetry.event;

/**
 * Counts the beacons by their fate.
 *
 * @param sent requests that were answered, whatever the answer
 * @param failed requests that were not answered in time
 * @param dropped beacons given up at once, because too many were under way or the collector was
 *     closed
 * @param leftOut pieces of data, or names of events, that were not allowed to be sent
 */
public record BeaconStats(long sent, long failed, long dropped, long leftOut) {}
