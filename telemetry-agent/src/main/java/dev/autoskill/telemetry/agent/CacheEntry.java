package dev.autoskill.telemetry.agent;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What weaving made of a class, as a file.
 *
 * <p>The file holds 4 bytes that say what it is and in which version, the key (8 bytes), the number
 * of other types and for each its name and its facts, the woven class with its length before it,
 * and a {@link Checksum} of all of that. Where weaving changed nothing the class is empty.
 *
 * @param wovenClass the class file; empty if the class is to stay as it was
 * @param others the facts of the {@link SeenTypes}, by name
 */
record CacheEntry(byte[] wovenClass, Map<String, String> others) {

  private static final int HEADER = 0x53545702;

  /** The woven class; null if it is to stay as it was. */
  byte @Nullable [] orNull() {
    return wovenClass.length == 0 ? null : wovenClass;
  }

  byte[] toFile(long key) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream(wovenClass.length + 256);
    DataOutputStream out = new DataOutputStream(file);
    out.writeInt(HEADER);
    out.writeLong(key);
    out.writeInt(others.size());
    for (Map.Entry<String, String> other : others.entrySet()) {
      out.writeUTF(other.getKey());
      out.writeUTF(other.getValue());
    }
    out.writeInt(wovenClass.length);
    out.write(wovenClass);
    out.writeLong(new Checksum().add(file.toByteArray()).value());
    return file.toByteArray();
  }

  /**
   * Reads a file.
   *
   * @param key whose entry it should be
   * @return the entry; null if the file is damaged or another's
   */
  static @Nullable CacheEntry of(byte[] file, long key) {
    int end = file.length - Long.BYTES;
    if (end < Integer.BYTES + Long.BYTES) {
      return null;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file))) {
      if (in.readInt() != HEADER || in.readLong() != key) {
        return null;
      }
      long checksum = new Checksum().add(Arrays.copyOf(file, end)).value();
      Map<String, String> others = new TreeMap<>();
      for (int i = in.readInt(); i > 0; i--) {
        others.put(in.readUTF(), in.readUTF());
      }
      byte[] wovenClass = in.readNBytes(in.readInt());
      return in.readLong() == checksum ? new CacheEntry(wovenClass, others) : null;
    } catch (IOException | IllegalArgumentException e) {
      return null; // cut short
    }
  }
}
