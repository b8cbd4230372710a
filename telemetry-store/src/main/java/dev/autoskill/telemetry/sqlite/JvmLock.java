package dev.autoskill.telemetry.sqlite;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Locks that all class loaders of this JVM see, and no other process.
 *
 * <p>They are shared locks on bytes far behind the end of the JVM's own image file, the one file
 * that each JVM has and that stays what it is while it runs. Between processes, shared locks
 * exclude nobody. But within a JVM no two locks may overlap, whoever asks: that is what {@link
 * FileLock} promises. Such a lock is in nobody's way who reads system properties, and goes with the
 * class loader that holds it, should that be collected.
 *
 * <p>Not safe for use by several threads at once.
 */
final class JvmLock implements Closeable {

  private static final long FAR_BEHIND = 1L << 40;
  private static final Path IMAGE =
      Path.of(System.getProperty("java.home", ""), "lib", "modules").toAbsolutePath();

  private final long position;
  private @Nullable FileChannel channel;

  /** The JVM knows locks by weak references. */
  private @Nullable FileLock lock;

  /** Equal numbers are one lock. */
  JvmLock(long number) {
    this.position = FAR_BEHIND + number;
  }

  /**
   * Takes the lock unless somebody in this JVM has it.
   *
   * @return whether it was free; also where there can be no locks, as nobody would be kept out
   *     there
   * @throws IOException if the process has no file descriptor left
   */
  boolean tryLock() throws IOException {
    if (Files.notExists(IMAGE)) {
      return true;
    }
    FileChannel opened = FileChannel.open(IMAGE, StandardOpenOption.READ);
    boolean isOurs = false;
    try {
      lock = opened.tryLock(position, 1, true);
      isOurs = lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      // The file system has none.
      isOurs = true;
    } finally {
      if (isOurs) {
        channel = opened;
      } else {
        opened.close();
      }
    }
    return isOurs;
  }

  @Override
  public void close() {
    FileChannel closing = channel;
    channel = null;
    lock = null;
    if (closing != null) {
      try {
        closing.close();
      } catch (IOException e) {
        // The lock is gone all the same.
      }
    }
  }
}
