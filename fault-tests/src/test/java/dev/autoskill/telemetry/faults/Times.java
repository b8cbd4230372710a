package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** How long calls took, as a program answers after it has made some at a steady rate. */
record Times(long calls, long medianNanos, long p999Nanos, long longestNanos) {

  /** Callers may notice that the machine has other things to do; of a fault they notice nothing. */
  private static final double MOST_TIMES_AS_LONG = 10;

  private static final long NOISE_NANOS = 2_000_000;

  static Times of(String answer) {
    String[] n = answer.split(" ");
    return new Times(
        Long.parseLong(n[0]), Long.parseLong(n[1]), Long.parseLong(n[2]), Long.parseLong(n[3]));
  }

  /** All but the slowest thousandth were about as quick as those without the fault. */
  void assertLike(Times free) {
    assertTrue(
        p999Nanos <= MOST_TIMES_AS_LONG * free.p999Nanos + NOISE_NANOS, this + ", but " + free);
  }
}
