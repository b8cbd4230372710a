package dev.autoskill.telemetry.agent;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
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

  /**
   * Finds an entry.
   *
   * @param className the class it should be, by its internal name
   * @return the entry; null if there is none that can be trusted
   */
  @Nullable CacheEntry get(byte[] key, String className) throws IOException {
    Path file = file(key);
    try {
      if (!folder.isTrusted() || !folder.isTrusted(file) || Files.size(file) > LARGEST_ENTRY) {
        return null;
      }
      // A plain stream takes fewer classes than a channel, which "Files" would open.
      try (InputStream in = new FileInputStream(file.toFile())) {
        return CacheEntry.of(in.readAllBytes(), key, className);
      }
    } catch (FileNotFoundException | NoSuchFileException e) {
      return null; // it may not be read, or another process has just cleaned up
    }
  }

  /** Keeps an entry, unless the folder is not to be trusted. */
  void put(byte[] key, CacheEntry entry) throws IOException {
    folder.create();
    byte[] content = entry.toFile(key);
    if (!folder.isTrusted() || content.length > Math.min(LARGEST_ENTRY, capacity / 2)) {
      return;
    }
    makeRoom(content.length);
    Path written = folder.createFile();
    try {
      Files.write(written, content);
      Files.move(written, file(key), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private Path file(byte[] key) {
    return folder.path().resolve(HexFormat.of().formatHex(key));
  }

  /** Leaves a process room for a while, so that not each new entry looks at all the others. */
  private synchronized void makeRoom(int length) throws IOException {
    writtenSinceCleaning += length;
    if (writtenSinceCleaning >= writtenBetweenCleanings) {
      writtenSinceCleaning = length;
      deleteOldest(capacity - writtenBetweenCleanings - length);
    }
  }

  private record Kept(Path file, long size, FileTime written) {}

  private void deleteOldest(long bytesToLeave) throws IOException {
    List<Kept> all = all();
    long total = 0;
    for (Kept kept : all) {
      total += kept.size();
    }
    if (total > bytesToLeave) {
      all.sort(Comparator.comparing(Kept::written));
    }
    for (int oldest = 0; total > bytesToLeave; oldest++) {
      Files.deleteIfExists(all.get(oldest).file());
      total -= all.get(oldest).size();
    }
  }

  private List<Kept> all() throws IOException {
    List<Kept> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.path())) {
      for (Path file : files) {
        all.add(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
      }
      return all;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (NoSuchFileException e) {
      return List.of(); // another process is cleaning up just now
    }
  }
}
