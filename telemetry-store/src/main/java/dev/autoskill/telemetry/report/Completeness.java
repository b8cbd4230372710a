package dev.autoskill.telemetry.report;

import org.jspecify.annotations.Nullable;

/**
 * Whether answers were complete: every query marks it whose answer may lack something, because it
 * ran out of time or the database was locked or unreadable.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Completeness {

  private volatile @Nullable String why;

  /** Makes a mark that says that everything was complete. */
  public Completeness() {}

  /**
   * Marks that an answer may be incomplete.
   *
   * @param reason the reason, in plain words
   */
  public void broken(String reason) {
    why = reason;
  }

  /** {@return whether every answer so far was complete} */
  public boolean isComplete() {
    return why == null;
  }

  /** {@return the latest reason why an answer may be incomplete; null if each was complete} */
  public @Nullable String why() {
    return why;
  }
}
