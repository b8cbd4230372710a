package dev.autoskill.telemetry.sqlite;

import java.util.Arrays;

/** Counts by keys that come in rising order, or nearly so: two arrays in the order of the keys. */
final class RisingCounts {

  /** How many greater keys may have come before one. */
  private static final int REACH = 16;

  private static final int FIRST_CAPACITY = 8;

  private long[] keys = new long[FIRST_CAPACITY];
  private long[] counts = new long[FIRST_CAPACITY];
  private int size;

  /**
   * Adds to the count of a key, which is 0 at first.
   *
   * @return whether that was possible; it is not if too many greater keys are there
   */
  boolean add(long key, long count) {
    int place = size;
    while (place > 0 && keys[place - 1] > key) {
      place--;
      if (size - place > REACH) {
        return false;
      }
    }
    if (place > 0 && keys[place - 1] == key) {
      counts[place - 1] += count;
    } else {
      insert(place, key, count);
    }
    return true;
  }

  private void insert(int place, long key, long count) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    System.arraycopy(keys, place, keys, place + 1, size - place);
    System.arraycopy(counts, place, counts, place + 1, size - place);
    keys[place] = key;
    counts[place] = count;
    size++;
  }

  int size() {
    return size;
  }

  /** The key at a place, counted from 0. */
  long key(int place) {
    return keys[place];
  }

  /** The count at a place, which may be 0. */
  long countAt(int place) {
    return counts[place];
  }

  long count(long key) {
    int place = Arrays.binarySearch(keys, 0, size, key);
    return place < 0 ? 0 : counts[place];
  }

  /** The same without counts of 0; itself if there are none. */
  RisingCounts withoutZeros() {
    if (!hasZeros()) {
      return this;
    }
    RisingCounts others = new RisingCounts();
    for (int place = 0; place < size; place++) {
      if (counts[place] != 0) {
        others.add(keys[place], counts[place]);
      }
    }
    return others;
  }

  private boolean hasZeros() {
    for (int place = 0; place < size; place++) {
      if (counts[place] == 0) {
        return true;
      }
    }
    return false;
  }
}
