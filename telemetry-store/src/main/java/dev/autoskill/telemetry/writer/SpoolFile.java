package dev.autoskill.telemetry.writer;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A spool that this process has open and nobody else has: its own, or one whose owner is dead.
 *
 * <p>The lock says so. It goes when the file is closed or the process ends, however that happens.
 * Where the file system has no locks, a file that nobody touched for an hour has no owner.
 */
final class SpoolFile implements AutoCloseable {

  /** There whenever a process starts, but on Windows. */
  private static final Path NOTHING = Path.of("/dev/null");

  private final File path;
  private final FileChannel channel;

  /** Null if the file is a dead one's: one cannot be had without making the file if it is gone. */
  private final @Nullable RandomAccessFile own;

  private SpoolFile(File path, FileChannel channel, @Nullable RandomAccessFile own) {
    this.path = path;
    this.channel = channel;
    this.own = own;
  }

  /** Loads what it takes to make and open a file, and leaves no trace. */
  static void prepare() throws IOException {
    PrivateFiles.prepare();
    FileChannel.open(NOTHING).close();
  }

  /** Opens a file that was just made. Fails if another process took it for a dead one's. */
  static SpoolFile own(File path) throws IOException {
    SpoolFile opened = open(path, true, true);
    if (opened == null) {
      throw new IOException("a new spool was taken away at once");
    }
    return opened;
  }

  /**
   * Opens a file whose owner is dead; null if it lives, nobody can tell, or the file is gone. Never
   * makes one, whoever deletes it meanwhile.
   */
  static @Nullable SpoolFile ofTheDead(File path) throws IOException {
    BasicFileAttributes found = attributes(path);
    // Opening a pipe that somebody put there would block.
    if (found == null || !found.isRegularFile() || isBeingMade(found)) {
      return null;
    }
    SpoolFile opened = open(path, false, isSilent(found));
    if (opened == null) {
      return null;
    }
    boolean isStill = false;
    try {
      isStill = opened.isStill(found);
    } finally {
      if (!isStill) {
        opened.close();
      }
    }
    return isStill ? opened : null;
  }

  private static @Nullable SpoolFile open(File path, boolean isNew, boolean withoutLocks)
      throws IOException {
    if (!SpoolClaims.claim(path)) {
      return null;
    }
    SpoolFile opened = null;
    boolean isOurs = false;
    try {
      opened = isNew ? openOwn(path) : openDead(path);
      isOurs = opened != null && opened.lock(withoutLocks);
    } catch (OverlappingFileLockException e) {
      SpoolClaims.keepForEver(path, opened.channel);
      return null;
    } finally {
      if (opened == null) {
        SpoolClaims.release(path);
      } else if (!isOurs && !SpoolClaims.isKeptForEver(path)) {
        opened.close();
      }
    }
    return isOurs ? opened : null;
  }

  private static SpoolFile openOwn(File path) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path, "rw");
    return new SpoolFile(path, file.getChannel(), file);
  }

  private static @Nullable SpoolFile openDead(File path) throws IOException {
    try {
      FileChannel channel =
          FileChannel.open(
              path.toPath(),
              Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
      return new SpoolFile(path, channel, null);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private boolean lock(boolean withoutLocks) {
    try {
      FileLock lock = channel.tryLock(SpoolFormat.LOCK_POSITION, 1, false);
      return lock != null;
    } catch (IOException e) {
      return withoutLocks;
    }
  }

  private static @Nullable BasicFileAttributes attributes(File path) throws IOException {
    try {
      return Files.readAttributes(
          path.toPath(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Its owner may be about to lock it, which nobody must get ahead of; the header comes after. */
  private static boolean isBeingMade(BasicFileAttributes found) {
    return found.size() < SpoolFormat.HEADER_BYTES && !isSilent(found);
  }

  private static boolean isSilent(BasicFileAttributes found) {
    long silence = System.currentTimeMillis() - found.lastModifiedTime().toMillis();
    return silence >= SpoolFormat.SILENCE_OF_THE_DEAD_MILLIS;
  }

  /** Whether nobody wrote to it for so long that nobody ever will. */
  boolean isSilent() throws IOException {
    BasicFileAttributes now = attributes(path);
    return now != null && isSilent(now);
  }

  /** Whoever had the lock before may have deleted the file that was found. */
  private boolean isStill(BasicFileAttributes found) throws IOException {
    BasicFileAttributes now = attributes(path);
    return now != null && Objects.equals(now.fileKey(), found.fileKey());
  }

  /** Whether the path still leads to a file, since files can be deleted under their owner. */
  boolean isStillThere() {
    return path.exists();
  }

  File path() {
    return path;
  }

  long length() throws IOException {
    return channel.size();
  }

  /** Only of one's own. */
  void write(long position, byte[] bytes, int length) throws IOException {
    RandomAccessFile file = Objects.requireNonNull(own);
    file.seek(position);
    file.write(bytes, 0, length);
  }

  /** Reads as many bytes as there are, at most {@code length}; returns how many. */
  int read(long position, byte[] bytes, int length) throws IOException {
    if (own != null) {
      own.seek(position);
    } else {
      // A channel is closed by an interrupt, which nobody is entitled to here.
      Thread.interrupted();
    }
    int filled = 0;
    while (filled < length) {
      int read =
          own != null
              ? own.read(bytes, filled, length - filled)
              : channel.read(ByteBuffer.wrap(bytes, filled, length - filled), position + filled);
      if (read < 0) {
        break;
      }
      filled += read;
    }
    return filled;
  }

  /** Only of one's own. */
  void cutTo(long length) throws IOException {
    Objects.requireNonNull(own).setLength(length);
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
      channel.close();
    } catch (IOException e) {
      // The descriptor is gone all the same.
    } finally {
      SpoolClaims.release(path);
    }
  }
}
