package dev.autoskill.telemetry.agent;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What weaving made of a class, as a file.
 *
 * <p>The file holds 4 bytes that say what it is and in which version, the key (32 bytes), the woven
 * class, and a SHA-256 over all of that. Where weaving changed nothing there is no class in it.
 *
 * @param wovenClass the class file; empty if the class is to stay as it was
 */
record CacheEntry(byte[] wovenClass) {

  private static final int HEADER = 0x53545701;
  private static final int BEFORE_CLASS = Integer.BYTES + Sha256.LENGTH;

  byte[] toFile(byte[] key) {
    byte[] content =
        ByteBuffer.allocate(BEFORE_CLASS + wovenClass.length)
            .putInt(HEADER)
            .put(key)
            .put(wovenClass)
            .array();
    byte[] file = Arrays.copyOf(content, content.length + Sha256.LENGTH);
    System.arraycopy(digest(content), 0, file, content.length, Sha256.LENGTH);
    return file;
  }

  /**
   * Reads a file.
   *
   * @param key whose entry it should be
   * @param className the class it should be, by its internal name
   * @return the entry; null if the file is damaged or another's
   */
  static @Nullable CacheEntry of(byte[] file, byte[] key, String className) {
    int classEnd = file.length - Sha256.LENGTH;
    if (classEnd < BEFORE_CLASS
        || ByteBuffer.wrap(file).getInt() != HEADER
        || !Arrays.equals(file, Integer.BYTES, BEFORE_CLASS, key, 0, key.length)) {
      return null;
    }
    byte[] digest = digest(Arrays.copyOf(file, classEnd));
    if (!Arrays.equals(file, classEnd, file.length, digest, 0, digest.length)) {
      return null;
    }
    byte[] wovenClass = Arrays.copyOfRange(file, BEFORE_CLASS, classEnd);
    boolean isRight = wovenClass.length == 0 || new ClassFile(wovenClass).name().equals(className);
    return isRight ? new CacheEntry(wovenClass) : null;
  }

  private static byte[] digest(byte[] content) {
    return new Sha256().add(content).toBytes();
  }
}
