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

  static final int HEADER_BYTES = 8 + 4;

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
    RecordedEvent event = next(in);
    while (event != null) {
      events.add(event);
      event = events.size() < atMost ? next(in) : null;
    }
    return new Batch(events, in.position(), events.isEmpty() && !isTorn(in));
  }

  /** The next event in the buffer; null if no intact record stands next. */
  private static @Nullable RecordedEvent next(ByteBuffer in) {
    if (isTorn(in) || !isLength(in.getInt(in.position()))) {
      return null;
    }
    int start = in.position() + FRAME_BYTES;
    int payload = in.getInt(in.position());
    boolean isIntact = checksum(in, start, payload) == in.getInt(in.position() + 4);
    RecordedEvent event = isIntact ? event(in.slice(start, payload)) : null;
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
  private static @Nullable RecordedEvent event(ByteBuffer in) {
    try {
      String id = new Ulid(in.getLong(), in.getLong()).toString();
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

  private static String text(ByteBuffer in) throws CharacterCodingException {
    int length = Short.toUnsignedInt(in.getShort());
    ByteBuffer bytes = in.slice(in.position(), length);
    in.position(in.position() + length);
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }
}
