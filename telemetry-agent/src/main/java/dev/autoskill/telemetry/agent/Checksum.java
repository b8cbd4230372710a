package dev.autoskill.telemetry.agent;

import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * A checksum of 64 bits, of two checksums of the JDK's. Against accidents, not attacks: nobody else
 * may write where it is used. A digest would start the JDK's security providers.
 */
final class Checksum {

  private final CRC32 high = new CRC32();
  private final CRC32C low = new CRC32C();

  Checksum add(byte[] bytes) {
    high.update(bytes);
    low.update(bytes);
    // So that no other parts add up to the same.
    high.update(bytes.length);
    low.update(bytes.length >> Byte.SIZE);
    return this;
  }

  Checksum add(List<byte[]> parts) {
    for (byte[] part : parts) {
      add(part);
    }
    return this;
  }

  long value() {
    return high.getValue() << Integer.SIZE | low.getValue();
  }
}
