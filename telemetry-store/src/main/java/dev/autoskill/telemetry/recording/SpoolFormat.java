package dev.autoskill.telemetry.recording;

import com.github.f4b6a3.ulid.Ulid;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.error.RecordedEvent;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
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

  private static final long MAGIC = 0x4153_5453_504F_4F4CL;
  private static final long NO_DURATION = -1;

  /** An outcome is stored as its place in this list. */
  private static final List<Outcome> OUTCOMES =
      List.of(Outcome.SUCCESS, Outcome.FAILURE, Outcome.PARTIAL, Outcome.SKIPPED);

  private SpoolFormat() {}

  static byte[] header() {
    return ByteBuffer.allocate(HEADER_BYTES).putLong(MAGIC).putInt(VERSION).array();
  }

  /** A record of an event that this library made. */
  static byte[] record(RecordedEvent recorded) {
    TelemetryEvent event = recorded.event();
    List<byte[]> texts = new ArrayList<>();
    int payload = LEAST_PAYLOAD - 4 * 2;
    for (String text : recorded.texts()) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      texts.add(bytes);
      payload += 2 + bytes.length;
    }
    ByteBuffer out = ByteBuffer.allocate(FRAME_BYTES + payload);
    Ulid id = Ulid.from(event.id());
    Long durationMs = event.durationMs();
    out.position(FRAME_BYTES);
    out.putLong(id.getMostSignificantBits());
    out.putLong(id.getLeastSignificantBits());
    out.putLong(event.timestamp().toEpochMilli());
    out.putLong(durationMs == null ? NO_DURATION : durationMs);
    out.put((byte) OUTCOMES.indexOf(event.outcome()));
    for (byte[] text : texts) {
      out.putShort((short) text.length);
      out.put(text);
    }
    out.putInt(0, payload);
    out.putInt(4, checksum(out, FRAME_BYTES, payload));
    return out.array();
  }

  static int checksum(ByteBuffer in, int start, int length) {
    CRC32 crc = new CRC32();
    crc.update(in.slice(start, length));
    return (int) crc.getValue();
  }

  /** Reads a payload; null if it is none that could have been written. */
  static @Nullable RecordedEvent event(ByteBuffer in) {
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
