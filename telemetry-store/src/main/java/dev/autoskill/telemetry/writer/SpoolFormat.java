package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.annotations.Outcome;
import java.util.concurrent.TimeUnit;

/** The numbers of the spool's format; docs/spool.md describes it byte by byte. */
final class SpoolFormat {

  /** The first eight bytes of a spool: {@code ASTSPOOL}. */
  static final long MAGIC = 0x4153_5453_504F_4F4CL;

  static final int VERSION = 1;

  /** Magic, version, seed, time of creation, checksum. */
  static final int HEADER_BYTES = 8 + 4 + 16 + 8 + 4;

  /** Length and checksum, which stand before each record's payload. */
  static final int FRAME_BYTES = 4 + 4;

  static final int FIXED_PAYLOAD_BYTES = 4 * 8 + 1;
  static final int TEXTS = 4;

  /** A text's length stands before it. */
  static final int LEAST_PAYLOAD = FIXED_PAYLOAD_BYTES + TEXTS * 2;

  /** No text is longer than 256 UTF-16 code units, and none of those takes more than 3 bytes. */
  static final int MOST_TEXT_BYTES = 3 * 256;

  static final int MOST_PAYLOAD = LEAST_PAYLOAD + TEXTS * MOST_TEXT_BYTES;
  static final int MOST_RECORD_BYTES = FRAME_BYTES + MOST_PAYLOAD;

  static final long NO_DURATION = -1;

  /** An outcome is stored as its place in this list. */
  private static final Outcome[] OUTCOMES = {
    Outcome.SUCCESS, Outcome.FAILURE, Outcome.PARTIAL, Outcome.SKIPPED
  };

  /**
   * The byte that the living owner of a spool holds a lock on. So far behind all data that the data
   * can be read where a lock keeps others from reading, as on Windows.
   */
  static final long LOCK_POSITION = Long.MAX_VALUE - 1;

  /** Where there are no locks, and where a file has no whole header, silence stands for death. */
  static final long SILENCE_OF_THE_DEAD_MILLIS = TimeUnit.HOURS.toMillis(1);

  private SpoolFormat() {}

  static int code(Outcome outcome) {
    for (int code = 0; code < OUTCOMES.length; code++) {
      if (OUTCOMES[code] == outcome) {
        return code;
      }
    }
    throw new IllegalArgumentException("outcome must be one that can be written");
  }

  static boolean isCode(int code) {
    return code >= 0 && code < OUTCOMES.length;
  }

  static Outcome outcome(int code) {
    return OUTCOMES[code];
  }
}
