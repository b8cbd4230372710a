package dev.autoskill.telemetry.writer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Turns uses into the bytes of a spool. Numbers are big-endian.
 *
 * <p>Written by hand, because a short process pays for each class that it loads.
 */
final class SpoolEncoder {

  private final CRC32 crc = new CRC32();
  private byte[] bytes = new byte[2048];
  private int length;

  /** The bytes made so far, from the first to {@link #length()}; more may follow. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Forgets the bytes from there on. */
  void cutTo(int newLength) {
    length = newLength;
  }

  /** The first bytes of a file. */
  void addHeader(IdSeed seed, long createdMillis) {
    int start = length;
    putLong(SpoolFormat.MAGIC);
    putInt(SpoolFormat.VERSION);
    putLong(seed.high());
    putLong(seed.low());
    putLong(createdMillis);
    putInt(checksum(start));
  }

  void add(SettledUse use) {
    int start = length;
    length += SpoolFormat.FRAME_BYTES;
    putLong(use.sequence());
    putLong(use.idMillis());
    putLong(use.millis());
    Long durationMs = use.durationMs();
    putLong(durationMs == null ? SpoolFormat.NO_DURATION : durationMs);
    makeRoom(1);
    bytes[length++] = (byte) SpoolFormat.code(use.outcome());
    putText(use.skillId());
    putText(use.skillName());
    putText(use.sessionId());
    putText(use.agentId());
    int end = length;
    int payload = start + SpoolFormat.FRAME_BYTES;
    int checksum = checksum(payload);
    length = start;
    putInt(end - payload);
    putInt(checksum);
    length = end;
  }

  private int checksum(int start) {
    crc.reset();
    crc.update(bytes, start, length - start);
    return (int) crc.getValue();
  }

  private void putText(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    makeRoom(2 + encoded.length);
    bytes[length++] = (byte) (encoded.length >> 8);
    bytes[length++] = (byte) encoded.length;
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
  }

  private void putLong(long number) {
    putInt((int) (number >> 32));
    putInt((int) number);
  }

  private void putInt(int number) {
    makeRoom(4);
    bytes[length++] = (byte) (number >> 24);
    bytes[length++] = (byte) (number >> 16);
    bytes[length++] = (byte) (number >> 8);
    bytes[length++] = (byte) number;
  }

  private void makeRoom(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
