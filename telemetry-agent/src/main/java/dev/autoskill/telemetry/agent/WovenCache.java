package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.recording.CacheFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The results of weaving, shared by all processes of the user: a file per class, named by its key.
 * A file appears whole or not at all, and a damaged one counts as missing. Safe for use by any
 * number of threads and processes.
 */
final class WovenCache {

  /** Larger files are nobody's class. */
  private static final long LARGEST_ENTRY = 16L << 20;

  private final CacheFolder folder;
  private final long capacity;
  private final long writtenBetweenCleanings;
  private long writtenSinceCleaning;

  /**
   * Opens a cache; nothing is made before there is something to store.
   *
   * @param capacity how many bytes all files together may take up
   */
  WovenCache(CacheFolder folder, long capacity) {
    this.folder = folder;
    this.capacity = capacity;
    writtenBetweenCleanings = capacity / 16;
    writtenSinceCleaning = writtenBetweenCleanings;
  }

  /** The entry of a key; null if there is none that can be trusted. */
  @Nullable Entry get(long key) throws IOException {
    byte[] content = folder.read(name(key), LARGEST_ENTRY);
    return content == null ? null : Entry.of(content, key);
  }

  /** Stores an entry, unless the folder is not to be trusted. */
  void put(long key, Entry entry) throws IOException {
    byte[] content = entry.toFile(key);
    if (content.length <= Math.min(LARGEST_ENTRY, capacity / 2)) {
      makeRoom(content.length);
      folder.write(name(key), content);
    }
  }

  private static String name(long key) {
    return HexFormat.of().toHexDigits(key);
  }

  /** Leaves a process room for a while, so that not each new entry looks at all the others. */
  private synchronized void makeRoom(int length) throws IOException {
    writtenSinceCleaning += length;
    if (writtenSinceCleaning >= writtenBetweenCleanings) {
      writtenSinceCleaning = length;
      folder.makeRoom(capacity - writtenBetweenCleanings - length);
    }
  }

  /**
   * A checksum of 64 bits. Against accidents, not attacks: nobody else may write into the folder. A
   * digest would start the JDK's security providers.
   */
  static long checksum(List<byte[]> parts) {
    CRC32 high = new CRC32();
    CRC32C low = new CRC32C();
    for (byte[] part : parts) {
      high.update(part);
      low.update(part);
      // Or the same bytes, divided otherwise, would yield the same.
      high.update(part.length);
      low.update(part.length >> Byte.SIZE);
    }
    return high.getValue() << Integer.SIZE | low.getValue();
  }

  /**
   * The result of weaving a class.
   *
   * <p>Its file holds 4 bytes that say what it is and in which version, the key (8 bytes), the
   * number of other types and for each its name and its facts, the woven class with its length
   * before it, and a checksum of all of that.
   *
   * @param wovenClass the class file; empty if the class is to stay as it was
   * @param others the facts of the {@link SeenTypes}, by name
   */
  record Entry(byte[] wovenClass, Map<String, String> others) {

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
      out.writeLong(checksum(List.of(file.toByteArray())));
      return file.toByteArray();
    }

    /** Reads a file; null if it is damaged or another key's. */
    static @Nullable Entry of(byte[] file, long key) {
      try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file))) {
        if (in.readInt() != HEADER || in.readLong() != key) {
          return null;
        }
        long checksum = checksum(List.of(Arrays.copyOf(file, file.length - Long.BYTES)));
        Map<String, String> others = new TreeMap<>();
        for (int i = in.readInt(); i > 0; i--) {
          others.put(in.readUTF(), in.readUTF());
        }
        byte[] wovenClass = in.readNBytes(in.readInt());
        return in.readLong() == checksum ? new Entry(wovenClass, others) : null;
      } catch (IOException | IllegalArgumentException e) {
        return null; // cut short
      }
    }
  }
}
