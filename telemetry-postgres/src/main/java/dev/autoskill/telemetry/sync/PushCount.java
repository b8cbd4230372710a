package dev.autoskill.telemetry.sync;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what becomes of the events of a push. For one thread. */
public final class PushCount {

  private static final String LEFT_OUT =
      "left out, since programs with telemetry-otel send their spans";

  private final Map<String, Long> remarks = new TreeMap<>();
  private long read;
  private long added;
  private long refused;
  private long leftOut;

  /** Makes one that has counted nothing. */
  public PushCount() {}

  /** Counts events of a batch that is done. */
  void read(int events) {
    read += events;
  }

  /** Counts events that are not sent. */
  void leftOut(long events) {
    leftOut += events;
    if (events > 0) {
      remark(LEFT_OUT, events);
    }
  }

  /**
   * Counts events that the receiver took, and what was changed about them.
   *
   * @param events the events
   * @param fresh how many of them the receiver did not have yet
   */
  public void taken(List<StoredEvent> events, long fresh) {
    added += fresh;
    events.forEach(event -> event.remarks().forEach(remark -> remark(remark, 1)));
  }

  /**
   * Counts events that the receiver did not take.
   *
   * @param events how many
   * @param why the reason, in plain words
   */
  public void refused(long events, String why) {
    if (events > 0) {
      refused += events;
      remark(why, events);
    }
  }

  private void remark(String text, long events) {
    remarks.merge(text, events, Long::sum);
  }

  /** {@return what was counted so far} */
  public PushResult result() {
    return new PushResult(read, added, refused, leftOut, remarks);
  }
}
