package dev.autoskill.telemetry.event;

import java.util.UUID;

/**
 * The session of events that no other session was named for.
 *
 * <p>Internal: nothing here is promised to stay.
 */
public final class ProcessSession {

  private static final String ID = UUID.randomUUID().toString();

  private ProcessSession() {}

  /**
   * The session of this process.
   *
   * @return its id: random, new for each process, and the same as long as that lives
   */
  public static String id() {
    return ID;
  }
}
