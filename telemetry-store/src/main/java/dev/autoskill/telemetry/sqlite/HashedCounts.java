package dev.autoskill.telemetry.sqlite;

import java.util.Arrays;

/** Counts by keys that come in any order: a hash table without objects. */
final class HashedCounts {

  private static final int FIRST_CAPACITY = 16;

  /** Spreads keys that differ in few bits: 2<sup>64</sup> by the golden ratio (Knuth). */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private long[] keys = new long[FIRST_CAPACITY];
  private long[] counts = new long[FIRST_CAPACITY];
  private boolean[] isTaken = new boolean[FIRST_CAPACITY];
  private int taken;

  /** Begins with other counts. */
  HashedCounts(RisingCounts first) {
    for (int place = 0; place < first.size(); place++) {
      add(first.key(place), first.countAt(place));
    }
  }

  void add(long key, long count) {
    int place = placeOf(key);
    if (!isTaken[place]) {
      if (2 * taken >= keys.length) {
        grow();
        place = placeOf(key);
      }
      isTaken[place] = true;
      keys[place] = key;
      taken++;
    }
    counts[place] += count;
  }

  /** Those whose count is not 0. */
  RisingCounts inOrder() {
    long[] sorted = new long[taken];
    int size = 0;
    for (int i = 0; i < keys.length; i++) {
      if (counts[i] != 0) {
        sorted[size++] = keys[i];
      }
    }
    Arrays.sort(sorted, 0, size);
    RisingCounts inOrder = new RisingCounts();
    for (int i = 0; i < size; i++) {
      inOrder.add(sorted[i], count(sorted[i]));
    }
    return inOrder;
  }

  long count(long key) {
    return counts[placeOf(key)];
  }

  /** Where the key is, or else where it would be. */
  private int placeOf(long key) {
    int mask = keys.length - 1;
    int place = (int) (key * SPREAD >>> 32) & mask;
    while (isTaken[place] && keys[place] != key) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldCounts = counts;
    boolean[] wasTaken = isTaken;
    keys = new long[2 * oldKeys.length];
    counts = new long[keys.length];
    isTaken = new boolean[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (wasTaken[i]) {
        int place = placeOf(oldKeys[i]);
        isTaken[place] = true;
        keys[place] = oldKeys[i];
        counts[place] = oldCounts[i];
      }
    }
  }
}
