package dev.autoskill.telemetry.report;

/**
 * Whether answers were complete: a flag that every query marks whose answer may lack something,
 * because it ran out of time or the database was locked or unreadable.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Completeness {

  private volatile boolean isBroken;

  /** Makes a flag that says that everything was complete. */
  public Completeness() {}

  /** Marks that an answer may be incomplete. */
  public void broken() {
    isBroken = true;
  }

  /** {@return whether every answer so far was complete: false once {@link #broken()} was called} */
  public boolean isComplete() {
    return !isBroken;
  }
}
