package dev.autoskill.telemetry.writer;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import org.jspecify.annotations.Nullable;

/**
 * A spool that this process has open and nobody else has: its own, or one whose owner is dead.
 *
 * <p>The lock says so. It goes when the file is closed or the process ends, however that happens.
 * Where the file system has no locks, a file that nobody touched for an hour has no owner.
 */
final class SpoolFile implements AutoCloseable {

  private final File path;
  private final RandomAccessFile file;

  private SpoolFile(File path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
  }

  /** Opens a file that was just made. Fails if another process took it for a dead one's. */
  static SpoolFile own(File path) throws IOException {
    SpoolFile opened = open(path, true);
    if (opened == null) {
      throw new IOException("a new spool was taken away at once");
    }
    return opened;
  }

  /** Opens a file whose owner is dead; null if it lives, or nobody can tell. */
  static @Nullable SpoolFile ofTheDead(File path) throws IOException {
    // Opening a pipe that somebody put there would block.
    boolean isFile = Files.isRegularFile(path.toPath(), LinkOption.NOFOLLOW_LINKS);
    return isFile && !isBeingMade(path) ? open(path, false) : null;
  }

  private static @Nullable SpoolFile open(File path, boolean isNew) throws IOException {
    if (!SpoolClaims.claim(path)) {
      return null;
    }
    RandomAccessFile file;
    try {
      file = new RandomAccessFile(path, "rw");
    } catch (IOException e) {
      SpoolClaims.release(path);
      throw e;
    }
    SpoolFile opened = new SpoolFile(path, file);
    boolean isOurs = false;
    try {
      isOurs = opened.lock(isNew || isSilent(path));
    } catch (OverlappingFileLockException e) {
      SpoolClaims.keepForEver(path, file);
      return null;
    } finally {
      if (!isOurs && !SpoolClaims.isKeptForEver(path)) {
        opened.close();
      }
    }
    return isOurs ? opened : null;
  }

  private boolean lock(boolean withoutLocks) {
    try {
      FileLock lock = file.getChannel().tryLock(SpoolFormat.LOCK_POSITION, 1, false);
      return lock != null;
    } catch (IOException e) {
      return withoutLocks;
    }
  }

  /** Its owner may be about to lock it, which nobody must get ahead of; the header comes after. */
  private static boolean isBeingMade(File path) {
    return path.length() < SpoolFormat.HEADER_BYTES && !isSilent(path);
  }

  private static boolean isSilent(File path) {
    long silence = System.currentTimeMillis() - path.lastModified();
    return silence >= SpoolFormat.SILENCE_OF_THE_DEAD_MILLIS;
  }

  /** Whether nobody wrote to it for so long that nobody ever will. */
  boolean isSilent() {
    return isSilent(path);
  }

  /** Whether the path still leads to a file, since files can be deleted under their owner. */
  boolean isStillThere() {
    return path.exists();
  }

  File path() {
    return path;
  }

  long length() throws IOException {
    return file.length();
  }

  void write(long position, byte[] bytes, int length) throws IOException {
    file.seek(position);
    file.write(bytes, 0, length);
  }

  /** Reads as many bytes as there are, at most {@code length}; returns how many. */
  int read(long position, byte[] bytes, int length) throws IOException {
    file.seek(position);
    int filled = 0;
    while (filled < length) {
      int read = file.read(bytes, filled, length - filled);
      if (read < 0) {
        break;
      }
      filled += read;
    }
    return filled;
  }

  void cutTo(long length) throws IOException {
    file.setLength(length);
  }

  /** Deletes the file, while it is still locked where the system allows that, and closes it. */
  void delete() {
    boolean isDeleted = path.delete();
    close();
    if (!isDeleted) {
      path.delete();
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // The descriptor is gone all the same.
    } finally {
      SpoolClaims.release(path);
    }
  }
}
