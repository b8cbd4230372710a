package dev.autoskill.telemetry.recording;

import com.github.f4b6a3.ulid.Ulid;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.error.RecordedEvent;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a spool; docs/spool.md describes them. Numbers are big-endian.
 *
 * <pre>
 * header   "ASTSPOOL", version (4)
 * record   length n of the payload (4), CRC-32 of the payload (4), payload (n)
 * payload  ULID (16), end of the use (8), duration (8), outcome (1), 4 × [length (2), UTF-8],
 *          and once more if the use has an error
 * </pre>
 */
final class SpoolFormat {

  static final int VERSION = 3;
  private static final int WITHOUT_ERRORS = 2; // read like the later one

  static final int HEADER_BYTES = 8 + 4;

  /** Version 1 goes on with a seed, a time and a checksum. Read until the next release. */
  static final int HEADER_1_BYTES = HEADER_BYTES + 16 + 8 + 4;

  static final int FRAME_BYTES = 4 + 4;

  /** A payload whose texts are all empty. */
  static final int LEAST_PAYLOAD = 4 * 8 + 1 + 4 * 2;

  /** No text is longer than 256 UTF-16 code units, each of which takes at most 3 bytes. */
  static final int MOST_PAYLOAD = LEAST_PAYLOAD + 2 + 5 * 3 * 256;

  private static final int CHUNK_BYTES = 256 * 1024;

  private static final long MAGIC = 0x4153_5453_504F_4F4CL;
  private static final long NO_DURATION = -1;

  /** An outcome is stored as its place in this list. */
  private static final List<Outcome> OUTCOMES =
      List.of(Outcome.SUCCESS, Outcome.FAILURE, Outcome.PARTIAL, Outcome.SKIPPED);

  /**
   * Events that were read together.
   *
   * @param events the events
   * @param bytes how many bytes they take up in the file; 0: they are in memory
   * @param isDamaged whether there are none because of damage, and not because the file ends
   */
  record Batch(List<RecordedEvent> events, long bytes, boolean isDamaged) {}

  private SpoolFormat() {}

  static byte[] header() {
    return ByteBuffer.allocate(HEADER_BYTES).putLong(MAGIC).putInt(VERSION).array();
  }

  /** The seed of the ids in version 1, none in later ones; null: of no such, or not intact. */
  static long @Nullable [] seed(ByteBuffer header) {
    if (header.remaining() < HEADER_BYTES || header.getLong(0) != MAGIC) {
      return null;
    }
    int version = header.getInt(8);
    boolean isVersion1 =
        version == 1
            && header.remaining() == HEADER_1_BYTES
            && checksum(header, 0, HEADER_1_BYTES - 4) == header.getInt(HEADER_1_BYTES - 4);
    return isVersion1
        ? new long[] {header.getLong(12), header.getLong(20)}
        : version == VERSION || version == WITHOUT_ERRORS ? new long[0] : null;
  }

  /** A record of an event that this library made. */
  static byte[] record(RecordedEvent recorded) {
    TelemetryEvent event = recorded.event();
    Ulid id = Ulid.from(event.id());
    Long durationMs = event.durationMs();
    ByteBuffer out = ByteBuffer.allocate(FRAME_BYTES + MOST_PAYLOAD);
    out.position(FRAME_BYTES);
    out.putLong(id.getMostSignificantBits());
    out.putLong(id.getLeastSignificantBits());
    out.putLong(event.timestamp().toEpochMilli());
    out.putLong(durationMs == null ? NO_DURATION : durationMs);
    out.put((byte) OUTCOMES.indexOf(event.outcome()));
    for (String text : recorded.texts()) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.putShort((short) bytes.length);
      out.put(bytes);
    }
    int payload = out.position() - FRAME_BYTES;
    out.putInt(0, payload);
    out.putInt(4, checksum(out, FRAME_BYTES, payload));
    return Arrays.copyOf(out.array(), out.position());
  }

  private static int checksum(ByteBuffer in, int start, int length) {
    CRC32 crc = new CRC32();
    crc.update(in.slice(start, length));
    return (int) crc.getValue();
  }

  /**
   * Reads the next events of a file, at most so many; none if the next record is not intact, since
   * the bytes after damage cannot be told from bytes that only look like a record.
   */
  static Batch read(SpoolFile file, long from, int atMost) throws IOException {
    // Most spools are small, and many may be open at once.
    byte[] chunk = new byte[(int) Math.max(0, Math.min(CHUNK_BYTES, file.length() - from))];
    ByteBuffer in = ByteBuffer.wrap(chunk, 0, file.read(from, chunk, chunk.length));
    List<RecordedEvent> events = new ArrayList<>();
    RecordedEvent event = next(in, file.seed());
    while (event != null) {
      events.add(event);
      event = events.size() < atMost ? next(in, file.seed()) : null;
    }
    return new Batch(events, in.position(), events.isEmpty() && !isTorn(in));
  }

  /** The next event in the buffer; null if no intact record stands next. */
  private static @Nullable RecordedEvent next(ByteBuffer in, long[] seed) {
    if (isTorn(in) || !isLength(in.getInt(in.position()))) {
      return null;
    }
    int start = in.position() + FRAME_BYTES;
    int payload = in.getInt(in.position());
    boolean isIntact = checksum(in, start, payload) == in.getInt(in.position() + 4);
    RecordedEvent event = isIntact ? event(in.slice(start, payload), seed) : null;
    if (event != null) {
      in.position(start + payload);
    }
    return event;
  }

  /** Whether the bytes end before the next record does, as they do in the middle of a write. */
  private static boolean isTorn(ByteBuffer in) {
    int left = in.remaining() - FRAME_BYTES;
    return left < 0 || (isLength(in.getInt(in.position())) && in.getInt(in.position()) > left);
  }

  private static boolean isLength(int payload) {
    return payload >= LEAST_PAYLOAD && payload <= MOST_PAYLOAD;
  }

  /** Reads a payload; null if it is none that could have been written. */
  private static @Nullable RecordedEvent event(ByteBuffer in, long[] seed) {
    try {
      String id = id(in.getLong(), in.getLong(), seed).toString();
      long millis = in.getLong();
      long durationMs = in.getLong();
      int code = in.get();
      String skillId = text(in);
      String skillName = text(in);
      String sessionId = text(in);
      String agentId = text(in);
      String error = in.hasRemaining() ? text(in) : null;
      if (in.hasRemaining() || durationMs < NO_DURATION || code < 0 || code >= OUTCOMES.size()) {
        return null;
      }
      Long duration = durationMs == NO_DURATION ? null : durationMs;
      Instant timestamp = Instant.ofEpochMilli(millis);
      TelemetryEvent event =
          new TelemetryEvent(
              id, skillId, skillName, sessionId, agentId, duration, OUTCOMES.get(code), timestamp);
      return new RecordedEvent(event, error);
    } catch (BufferUnderflowException | IndexOutOfBoundsException | CharacterCodingException e) {
      return null;
    }
  }

  /** In version 1 an id followed from the seed, the event's number and the time in the id. */
  private static Ulid id(long first, long second, long[] seed) {
    if (seed.length == 0) {
      return new Ulid(first, second);
    }
    long base = mixed(seed[1] ^ mixed(second));
    long random = base + first;
    long carry = Long.compareUnsigned(random, base) < 0 ? 1 : 0;
    return new Ulid(second << 16 | (mixed(seed[0] + mixed(~second)) & 0x7FFF) + carry, random);
  }

  /** The finaliser of SplitMix64. */
  private static long mixed(long bits) {
    long z = bits + 0x9E37_79B9_7F4A_7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }

  private static String text(ByteBuffer in) throws CharacterCodingException {
    int length = Short.toUnsignedInt(in.getShort());
    ByteBuffer bytes = in.slice(in.position(), length);
    in.position(in.position() + length);
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }
}
