package dev.autoskill.telemetry.writer;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from the bytes of a spool, which may hold anything. It stops at the first byte that
 * belongs to no intact record: what follows damage cannot be told from what only looks like it.
 */
final class SpoolDecoder {

  private final CRC32 crc = new CRC32();
  private final ByteBuffer in;
  private boolean isDamaged;

  /** Of the bytes from {@code start} on, {@code length} are read. */
  SpoolDecoder(byte[] bytes, int start, int length) {
    this.in = ByteBuffer.wrap(bytes, start, length);
  }

  /** The index of the first byte that belongs to no record read so far. */
  int position() {
    return in.position();
  }

  /** Whether what stands there can never be read, however many bytes follow. */
  boolean isDamaged() {
    return isDamaged;
  }

  /** The next use; null if no intact record stands next. */
  @Nullable SettledUse next() {
    if (isDamaged || in.remaining() < SpoolFormat.FRAME_BYTES) {
      return null;
    }
    int start = in.position();
    int payload = in.getInt(start);
    int checksum = in.getInt(start + 4);
    if (payload < SpoolFormat.LEAST_PAYLOAD || payload > SpoolFormat.MOST_PAYLOAD) {
      isDamaged = true;
      return null;
    }
    if (in.remaining() < SpoolFormat.FRAME_BYTES + payload) {
      return null;
    }
    ByteBuffer record = in.slice(start + SpoolFormat.FRAME_BYTES, payload);
    crc.reset();
    crc.update(record.duplicate());
    SettledUse use = (int) crc.getValue() == checksum ? use(record) : null;
    if (use == null) {
      isDamaged = true;
    } else {
      in.position(start + SpoolFormat.FRAME_BYTES + payload);
    }
    return use;
  }

  /** Null if the record, although its checksum is right, is none that could have been written. */
  private static @Nullable SettledUse use(ByteBuffer in) {
    try {
      long sequence = in.getLong();
      long idMillis = in.getLong();
      long millis = in.getLong();
      long durationMs = in.getLong();
      int outcome = in.get();
      String skillId = text(in);
      String skillName = text(in);
      String sessionId = text(in);
      String agentId = text(in);
      if (in.hasRemaining()
          || sequence < 0
          || idMillis != IdSeed.idMillis(idMillis)
          || durationMs < SpoolFormat.NO_DURATION
          || !SpoolFormat.isCode(outcome)) {
        return null;
      }
      return new SettledUse(
          sequence,
          idMillis,
          millis,
          durationMs == SpoolFormat.NO_DURATION ? null : durationMs,
          SpoolFormat.outcome(outcome),
          skillId,
          skillName,
          sessionId,
          agentId);
    } catch (BufferUnderflowException | CharacterCodingException e) {
      return null;
    }
  }

  private static String text(ByteBuffer in) throws CharacterCodingException {
    int length = Short.toUnsignedInt(in.getShort());
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(in.slice(in.position(), length));
    in.position(in.position() + length);
    return text.toString();
  }
}
