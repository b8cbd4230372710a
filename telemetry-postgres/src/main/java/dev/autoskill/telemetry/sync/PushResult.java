package dev.autoskill.telemetry.sync;

import java.util.Map;

/**
 * The outcome of a push.
 *
 * @param read how many events were read from the local database to be sent
 * @param added how many of them the server did not have yet
 * @param refused how many of them it did not take; they are not tried again until a full push
 * @param leftOut how many further events were not sent, since programs send their spans as they
 *     happen
 * @param remarks what was changed about events so that they could arrive, and why others were
 *     refused or left out, in plain words, with the number of events; unmodifiable
 */
public record PushResult(
    long read, long added, long refused, long leftOut, Map<String, Long> remarks) {

  /** Copies the remarks. */
  public PushResult {
    remarks = Map.copyOf(remarks);
  }
}
