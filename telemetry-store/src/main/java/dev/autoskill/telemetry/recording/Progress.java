package dev.autoskill.telemetry.recording;

/** Counts what became of the events that left the queue. Safe for use by any number of threads. */
final class Progress {

  /**
   * The counts at one moment.
   *
   * @param stored events that are in the database
   * @param spooled events that are in the spool, and not known to be in the database
   * @param failed events that were given up
   */
  record Counts(long stored, long spooled, long failed) {

    /** How many events outlive the process, or need not. */
    long safe() {
      return stored + spooled + failed;
    }
  }

  /** Written under this. */
  private volatile Counts counts = new Counts(0, 0, 0);

  Counts counts() {
    return counts;
  }

  void spooled(long events) {
    add(0, events, 0);
  }

  /** Events that were in the spool have been stored, or were refused or destroyed. */
  void leftSpool(long stored, long failed) {
    add(stored, -stored - failed, failed);
  }

  /** Events that were only in memory have been stored, or given up. */
  void done(long stored, long failed) {
    add(stored, 0, failed);
  }

  private synchronized void add(long stored, long spooled, long failed) {
    counts = new Counts(counts.stored + stored, counts.spooled + spooled, counts.failed + failed);
  }
}
