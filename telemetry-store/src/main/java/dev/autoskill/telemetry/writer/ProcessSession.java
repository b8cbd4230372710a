package dev.autoskill.telemetry.writer;

import java.util.UUID;

/** The session of events that no other session was named for. */
public final class ProcessSession {

  private static final long VERSION_BITS = 0xF000L;
  private static final long VERSION_4 = 0x4000L;
  private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;
  private static final long VARIANT_RFC_4122 = 0x8000_0000_0000_0000L;

  private static final String ID = randomUuid(new RandomBits());

  private ProcessSession() {}

  /**
   * The session of this process.
   *
   * @return its id: random, new for each process, and the same as long as that lives
   */
  public static String id() {
    return ID;
  }

  /** Not {@link UUID#randomUUID()}, whose source of randomness takes longer than a short skill. */
  private static String randomUuid(RandomBits random) {
    long high = (random.getAsLong() & ~VERSION_BITS) | VERSION_4;
    long low = (random.getAsLong() & ~VARIANT_BITS) | VARIANT_RFC_4122;
    return new UUID(high, low).toString();
  }
}
