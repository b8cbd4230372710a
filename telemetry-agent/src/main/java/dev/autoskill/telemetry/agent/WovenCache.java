package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.writer.CacheFolder;
import java.io.IOException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What weaving made of classes, kept from one process to the next: a file for each, named by its
 * key.
 *
 * <p>Any number of processes may use the folder at once: a file appears whole or not at all, and
 * one that is not as it should be is not there, for whoever reads it. Safe for use by any number of
 * threads.
 */
final class WovenCache {

  /** Larger files are nobody's class. */
  private static final long LARGEST_ENTRY = 16L << 20;

  private final CacheFolder folder;
  private final long capacity;
  private final long writtenBetweenCleanings;
  private long writtenSinceCleaning;

  /**
   * Opens a cache; nothing is made before there is something to keep.
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
  @Nullable CacheEntry get(long key) throws IOException {
    byte[] content = folder.read(name(key), LARGEST_ENTRY);
    return content == null ? null : CacheEntry.of(content, key);
  }

  /** Keeps an entry, unless the folder is not to be trusted. */
  void put(long key, CacheEntry entry) throws IOException {
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
}
