package dev.autoskill.telemetry.recording;

import com.github.f4b6a3.ulid.Ulid;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a spool; docs/spool.md describes them. Numbers are big-endian.
 *
 * <pre>
 * header   "ASTSPOOL", version (4)
 * record   length n of the payload (4), CRC-32 of the payload (4), payload (n)
 * payload  ULID (16), end of the use (8), duration (8), outcome (1), 4 × [length (2), UTF-8]
 * </pre>
 */
final class SpoolFormat {

  static final int VERSION = 2;
  static final int HEADER_BYTES = 8 + 4;
  static final int FRAME_BYTES = 4 + 4;

  /** A payload whose texts are all empty. */
  static final int LEAST_PAYLOAD = 4 * 8 + 1 + 4 * 2;

  /** No text is longer than 256 UTF-16 code units, each of which takes at most 3 bytes. */
  static final int MOST_PAYLOAD = LEAST_PAYLOAD + 4 * 3 * 256;

  private static final long MAGIC = 0x4153_5453_504F_4F4CL;
  private static final long NO_DURATION = -1;

  /** An outcome is stored as its place in this list. */
  private static final Outcome[] OUTCOMES = {
    Outcome.SUCCESS, Outcome.FAILURE, Outcome.PARTIAL, Outcome.SKIPPED
  };

  private SpoolFormat() {}

  static byte[] header() {
    return ByteBuffer.allocate(HEADER_BYTES).putLong(MAGIC).putInt(VERSION).array();
  }

  /** A record of an event that this library made. */
  static byte[] record(TelemetryEvent event) {
    byte[][] texts = {
      utf8(event.skillId()), utf8(event.skillName()), utf8(event.sessionId()), utf8(event.agentId())
    };
    int payload = LEAST_PAYLOAD;
    for (byte[] text : texts) {
      payload += text.length;
    }
    ByteBuffer out = ByteBuffer.allocate(FRAME_BYTES + payload);
    Ulid id = Ulid.from(event.id());
    Long durationMs = event.durationMs();
    out.position(FRAME_BYTES);
    out.putLong(id.getMostSignificantBits());
    out.putLong(id.getLeastSignificantBits());
    out.putLong(event.timestamp().toEpochMilli());
    out.putLong(durationMs == null ? NO_DURATION : durationMs);
    out.put(code(event.outcome()));
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
  static @Nullable TelemetryEvent event(ByteBuffer in) {
    try {
      String id = new Ulid(in.getLong(), in.getLong()).toString();
      long millis = in.getLong();
      long durationMs = in.getLong();
      int code = in.get();
      String skillId = text(in);
      String skillName = text(in);
      String sessionId = text(in);
      String agentId = text(in);
      if (in.hasRemaining() || durationMs < NO_DURATION || code < 0 || code >= OUTCOMES.length) {
        return null;
      }
      Long duration = durationMs == NO_DURATION ? null : durationMs;
      Instant timestamp = Instant.ofEpochMilli(millis);
      return new TelemetryEvent(
          id, skillId, skillName, sessionId, agentId, duration, OUTCOMES[code], timestamp);
    } catch (BufferUnderflowException | CharacterCodingException e) {
      return null;
    }
  }

  /** How an outcome is stored. */
  static byte code(Outcome outcome) {
    for (byte code = 0; code < OUTCOMES.length; code++) {
      if (OUTCOMES[code] == outcome) {
        return code;
      }
    }
    throw new IllegalArgumentException("outcome must be one that can be written");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(ByteBuffer in) throws CharacterCodingException {
    int length = Short.toUnsignedInt(in.getShort());
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer bytes = in.slice(in.position(), length);
    in.position(in.position() + length);
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }
}
