package dev.autoskill.telemetry.beacon;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a caller's map as they were when the caller sent them. They are only copied here;
 * what may go is decided elsewhere, on the beacon's thread.
 *
 * <p>A map may do anything: throw, have no end, change meanwhile. What cannot be read is left out.
 */
final class DataSnapshot {

  /** No more entries are read, so that no map, however long, keeps its caller. */
  static final int MOST_ENTRIES = 32;

  private final @Nullable Object[] keys = new @Nullable Object[MOST_ENTRIES];
  private final @Nullable Object[] values = new @Nullable Object[MOST_ENTRIES];
  private int size;
  private long leftOut;

  private DataSnapshot() {}

  /**
   * Copies a map. Does not throw.
   *
   * @param data the map; null counts as one that cannot be read
   */
  static DataSnapshot of(@Nullable Map<?, ?> data) {
    DataSnapshot snapshot = new DataSnapshot();
    try {
      snapshot.read(data);
    } catch (Throwable fault) {
      // Nobody can say how many entries there would have been.
      snapshot.leftOut++;
    }
    return snapshot;
  }

  private void read(@Nullable Map<?, ?> data) {
    if (data == null) {
      leftOut = 1;
      return;
    }
    Iterator<? extends Map.Entry<?, ?>> entries = data.entrySet().iterator();
    while (entries.hasNext()) {
      if (size == MOST_ENTRIES) {
        leftOut = Math.max(1, (long) data.size() - MOST_ENTRIES);
        return;
      }
      Map.Entry<?, ?> entry = entries.next();
      Object key = entry.getKey();
      values[size] = entry.getValue();
      keys[size] = key;
      size++;
    }
  }

  int size() {
    return size;
  }

  @Nullable Object key(int index) {
    return keys[index];
  }

  @Nullable Object value(int index) {
    return values[index];
  }

  /** How many entries were not read; 1 if that is not known. */
  long leftOut() {
    return leftOut;
  }
}
