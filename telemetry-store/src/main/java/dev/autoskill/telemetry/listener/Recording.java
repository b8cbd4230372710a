package dev.autoskill.telemetry.listener;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.OptOut;
import dev.autoskill.telemetry.recording.Faults;
import java.nio.file.Path;

/**
 * The recording of a collector, as its listeners know it.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Recording {

  private final Path database;
  private final boolean isDebugging;
  private final Environment environment;
  private final Faults faults;
  private volatile long lastDeletable = Long.MAX_VALUE;

  Recording(Path database, boolean isDebugging, Environment environment, Faults faults) {
    this.database = database;
    this.isDebugging = isDebugging;
    this.environment = environment;
    this.faults = faults;
  }

  /** {@return the database's file, which need not exist yet} */
  public Path database() {
    return database;
  }

  /**
   * {@return whether anything may leave this machine at this moment, where somebody said where to}
   * It may not if anybody objects, or while debugging. Reads the user's settings file.
   */
  public boolean maySend() {
    return !isDebugging && OptOut.decision(environment, false).allowsSending();
  }

  /** {@return the collector's variables and properties} */
  public Environment environment() {
    return environment;
  }

  /**
   * Counts a failure as a fault, and lets the diagnostics name it. A failure of the same
   * description counts once.
   *
   * @param description in plain words without anything personal
   * @param fault the failure; nothing of it is retained
   */
  public void trouble(String description, Throwable fault) {
    faults.swallowed(description, fault);
  }

  /**
   * Keeps retention from events that a listener still needs. Without this it may delete any.
   *
   * @param row the greatest rowid of the events that this collector may delete from now on
   */
  public void letDelete(long row) {
    lastDeletable = row;
  }

  long lastDeletable() {
    return lastDeletable;
  }
}
