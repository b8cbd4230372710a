package dev.autoskill.telemetry.sqlite;

import org.jspecify.annotations.Nullable;

/**
 * Counts by keys that are whole numbers, without an object for each: millions of them are added up
 * while a file is brought up to date.
 *
 * <p>Sessions are numbered as they come, and stand in order where they are stored, so mostly keys
 * come nearly in rising order. As long as they do, nothing need be looked for or sorted.
 */
final class LongCounts {

  /** What each key and its count are passed to. */
  @FunctionalInterface
  interface Visitor {
    void visit(long key, long count);
  }

  /** All of them until one is too far from its place. */
  private RisingCounts rising = new RisingCounts();

  /** All of them from then on; null before. */
  private @Nullable HashedCounts hashed;

  /** Kept until something is added. */
  private @Nullable RisingCounts inOrder;

  void add(long key, long count) {
    inOrder = null;
    if (hashed == null) {
      if (rising.add(key, count)) {
        return;
      }
      hashed = new HashedCounts(rising);
      rising = new RisingCounts();
    }
    hashed.add(key, count);
  }

  /** Those whose count is not 0, in the order of their keys; not to be added to. */
  RisingCounts inOrder() {
    if (inOrder == null) {
      inOrder = hashed == null ? rising.withoutZeros() : hashed.inOrder();
    }
    return inOrder;
  }

  long count(long key) {
    return hashed == null ? rising.count(key) : hashed.count(key);
  }

  /** In the order of the keys; leaves out counts of 0. */
  void forEach(Visitor visitor) {
    RisingCounts all = inOrder();
    for (int place = 0; place < all.size(); place++) {
      visitor.visit(all.key(place), all.countAt(place));
    }
  }
}
