package dev.autoskill.telemetry.sync;

import java.util.Map;

/**
 * The outcome of a push.
 *
 * @param read how many events were read from the local database
 * @param added how many of them the server did not have yet
 * @param refused how many of them it did not take; they are not tried again until a full push
 * @param remarks what was changed about events so that they could arrive, and why others were
 *     refused, in plain words, with the number of events; unmodifiable
 */
public record PushResult(long read, long added, long refused, Map<String, Long> remarks) {

  /** Copies the remarks. */
  public PushResult {
    remarks = Map.copyOf(remarks);
  }
}
