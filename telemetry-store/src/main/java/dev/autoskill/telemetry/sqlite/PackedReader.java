package dev.autoskill.telemetry.sqlite;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link PackedWriter} wrote.
 *
 * <p>What is cut short or otherwise damaged ends in an {@link IndexOutOfBoundsException}.
 */
final class PackedReader {

  private final byte[] bytes;
  private int position;

  /**
   * Makes a reader.
   *
   * @param bytes what was written; null: nothing, as the driver has it for an empty blob
   */
  PackedReader(byte @Nullable [] bytes) {
    this.bytes = bytes == null ? new byte[0] : bytes;
  }

  boolean hasMore() {
    return position < bytes.length;
  }

  long number() {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[position++];
      value |= (next & 0x7FL) << shift;
      shift += 7;
    } while (next < 0);
    return (value >>> 1) ^ -(value & 1);
  }

  String text() {
    int length = Math.toIntExact(number());
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }
}
