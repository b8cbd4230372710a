package dev.autoskill.telemetry.writer;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The head of a spool.
 *
 * @param seed what the ids of its events are made with
 * @param createdMillis when the file was made, in milliseconds since 1970
 */
record SpoolHeader(IdSeed seed, long createdMillis) {

  /** Reads a header; null if these bytes are none, or one of a version that is not known here. */
  static @Nullable SpoolHeader of(byte[] bytes, int length) {
    if (length < SpoolFormat.HEADER_BYTES) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.getLong() != SpoolFormat.MAGIC || in.getInt() != SpoolFormat.VERSION) {
      return null;
    }
    IdSeed seed = new IdSeed(in.getLong(), in.getLong());
    long createdMillis = in.getLong();
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, in.position());
    return (int) crc.getValue() == in.getInt() ? new SpoolHeader(seed, createdMillis) : null;
  }
}
