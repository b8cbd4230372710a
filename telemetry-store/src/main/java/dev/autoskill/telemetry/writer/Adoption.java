package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What dead processes left, on its way to the store: as much at a time as one transaction may hold.
 * Most of their spools hold a few events, and a transaction for each would take most of the time.
 *
 * <p>A spool stays locked until what it held is stored, and is deleted then. Used by one thread
 * only.
 */
final class Adoption implements AutoCloseable {

  /** Each takes a file descriptor from the program, which may have few left. */
  private static final int MOST_SPOOLS = 32;

  private final int mostEvents;
  private final Faults faults;
  private final List<TelemetryEvent> events = new ArrayList<>();
  private final List<DeadSpool> readUp = new ArrayList<>();
  private @Nullable DeadSpool current;

  Adoption(int mostEvents, Faults faults) {
    this.mostEvents = mostEvents;
    this.faults = faults;
  }

  /** Opens a spool to read from it next, unless its owner lives. One at a time. */
  void open(File file) {
    try {
      current = DeadSpool.open(file);
    } catch (IOException e) {
      // One that cannot be read must not keep us from the others.
      faults.swallowed(e);
    }
  }

  /** Reads on in the open spool, as far as there is room; says whether that is read up. */
  boolean readOn() {
    DeadSpool reading = current;
    if (reading == null) {
      return true;
    }
    boolean isDone = true;
    try {
      isDone = readOn(reading);
    } catch (IOException e) {
      faults.swallowed(e);
      reading.close();
    }
    if (isDone) {
      current = null;
    }
    return isDone;
  }

  private boolean readOn(DeadSpool reading) throws IOException {
    while (!isFull()) {
      List<SettledUse> uses = reading.next(mostEvents - events.size());
      if (uses.isEmpty()) {
        if (reading.isDamaged()) {
          faults.swallowed(new IOException("a spool is damaged"));
        }
        readUp.add(reading);
        return true;
      }
      for (SettledUse use : uses) {
        events.add(use.event(reading.seed()));
      }
    }
    return false;
  }

  /** Whether what was read should be stored before more is. */
  boolean isFull() {
    return events.size() >= mostEvents || readUp.size() >= MOST_SPOOLS;
  }

  /** What was read and is not stored yet. */
  List<TelemetryEvent> events() {
    return events;
  }

  /** All that was read is stored. */
  void stored() {
    events.clear();
    for (DeadSpool spool : readUp) {
      spool.delete();
    }
    readUp.clear();
  }

  /** Leaves to others what is not stored. */
  @Override
  public void close() {
    if (current != null) {
      current.close();
    }
    for (DeadSpool spool : readUp) {
      spool.close();
    }
  }
}
