package dev.autoskill.telemetry.writer;

import com.github.f4b6a3.ulid.Ulid;
import java.util.function.LongSupplier;

/**
 * What sets the ids of one collector apart from those of all others: 128 random bits.
 *
 * <p>An id is a function of the seed, the event's number, and a time that never goes back. So it
 * can be worked out whenever it is needed, by whoever reads the event from a spool, and comes out
 * the same each time.
 *
 * @param high the first 64 bits
 * @param low the other 64 bits
 */
record IdSeed(long high, long low) {

  private static final long GREATEST_MILLIS = 0xFFFF_FFFF_FFFFL;

  /** One of the 16 bits that stand beside the time; 0, so that adding a number cannot overflow. */
  private static final long HEADROOM = 0x8000L;

  static IdSeed drawnFrom(LongSupplier random) {
    return new IdSeed(random.getAsLong(), random.getAsLong());
  }

  /**
   * The ULID of an event. Its random part is a hash of the seed and the time, plus the event's
   * number, so that ids rise with the number within a millisecond.
   *
   * @param idMillis milliseconds since 1970, not negative, not less than those of earlier events
   * @param sequence the event's number, not negative, greater than those of earlier events
   */
  String ulid(long idMillis, long sequence) {
    long base = mixed(low ^ mixed(idMillis));
    long random = base + sequence;
    long carry = Long.compareUnsigned(random, base) < 0 ? 1 : 0;
    long beside = (mixed(high + mixed(~idMillis)) & (HEADROOM - 1)) + carry;
    return new Ulid(idMillis << 16 | beside, random).toString();
  }

  /** The nearest time that an id can have. */
  static long idMillis(long millis) {
    return Math.max(0, Math.min(millis, GREATEST_MILLIS));
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood, 2014; constants by D. Stafford, mix 13). */
  private static long mixed(long bits) {
    long z = bits + 0x9E37_79B9_7F4A_7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }
}
