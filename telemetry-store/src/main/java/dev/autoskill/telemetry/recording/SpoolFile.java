package dev.autoskill.telemetry.recording;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An open spool: of this process, of a dead one, which nobody else has open then, or of a living
 * one. A lock tells. It goes when the file is closed or its process ends, however that happens.
 * Where the file system has no locks, a file that nobody touched for an hour has no owner.
 *
 * <p>On POSIX systems a process loses its locks on a file when it closes any descriptor of that
 * file. So no spool is opened twice in a process. The library loaded by another class loader cannot
 * be asked what it has open; trying to lock the file tells, and then the second descriptor stays
 * open for ever.
 */
final class SpoolFile implements AutoCloseable {

  /** Behind all data, which can then be read where a lock keeps others from reading (Windows). */
  private static final long LOCK_POSITION = Long.MAX_VALUE - 1;

  private static final long DEAD_AFTER_MILLIS = TimeUnit.HOURS.toMillis(1);

  /** Every spool that is open in this process, by its absolute path. */
  private static final Map<String, SpoolFile> OPEN = new ConcurrentHashMap<>();

  private final File path;
  private final boolean isOwn;

  /** Null unless the file is this process's own. An interrupt would close the channel. */
  private volatile @Nullable RandomAccessFile file;

  private volatile @Nullable FileChannel channel;
  private volatile boolean isDead;
  private volatile boolean staysOpen;

  private SpoolFile(File path, boolean isOwn) {
    this.path = path;
    this.isOwn = isOwn;
  }

  /** Opens a file that this process just made. Fails if another one took it for a dead one's. */
  static SpoolFile own(File path) throws IOException {
    SpoolFile opened = new SpoolFile(path, true);
    if (OPEN.putIfAbsent(path.getAbsolutePath(), opened) != null || !opened.isOpened(true)) {
      throw new IOException("a new spool was taken away at once");
    }
    return opened;
  }

  /**
   * Opens a file of another process, dead or living, or of another collector of this process.
   *
   * @return null if it is no spool, is gone or being made, or is being ingested by this process
   * @throws IOException if it cannot be opened, or another user has put it there
   */
  static @Nullable SpoolFile other(File path) throws IOException {
    BasicFileAttributes found = attributes(path);
    // Opening a pipe that somebody put there would block. A file without a header is being made.
    if (found == null
        || !found.isRegularFile()
        || (found.size() < SpoolFormat.HEADER_BYTES && !isSilent(found))) {
      return null;
    }
    if (!PrivateFiles.isOurs(path.toPath()) && attributes(path) != null) {
      throw new IOException("the spool is another user's");
    }
    SpoolFile opened = new SpoolFile(path, false);
    SpoolFile known = OPEN.putIfAbsent(path.getAbsolutePath(), opened);
    if (known != null) {
      return known.isOwn || known.staysOpen ? known : null;
    }
    opened.isDead = opened.isOpened(isSilent(found));
    // The process that had the lock before may have deleted the file that was found.
    BasicFileAttributes now = opened.isDead ? attributes(path) : found;
    if (opened.channel == null || now == null || !Objects.equals(now.fileKey(), found.fileKey())) {
      opened.close();
      return null;
    }
    return opened;
  }

  /** Opens the file, if it is there, and says whether nobody else has it open. */
  private boolean isOpened(boolean withoutLocks) throws IOException {
    boolean isLocked = false;
    try {
      FileChannel opened = isOwn ? openOwn() : openOther();
      channel = opened;
      isLocked = isLocked(opened, withoutLocks);
    } catch (NoSuchFileException e) {
      isLocked = false;
    } catch (OverlappingFileLockException e) {
      staysOpen = true;
    } finally {
      if (isOwn ? !isLocked : channel == null) {
        close();
      }
    }
    return isLocked;
  }

  private FileChannel openOwn() throws IOException {
    RandomAccessFile opened = new RandomAccessFile(path, "rw");
    file = opened;
    return opened.getChannel();
  }

  /** Does not make the file if its owner deletes it meanwhile. */
  private FileChannel openOther() throws IOException {
    return FileChannel.open(
        path.toPath(),
        Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
  }

  private static boolean isLocked(FileChannel channel, boolean withoutLocks) {
    try {
      return channel.tryLock(LOCK_POSITION, 1, false) != null;
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

  private static boolean isSilent(BasicFileAttributes found) {
    return System.currentTimeMillis() - found.lastModifiedTime().toMillis() >= DEAD_AFTER_MILLIS;
  }

  /** Whether its owner is dead, so that the file may be deleted once its events are stored. */
  boolean isDead() {
    return isDead;
  }

  /** Whether the path still leads to a file, since files can be deleted under their owner. */
  boolean isStillThere() {
    return path.exists();
  }

  File path() {
    return path;
  }

  long length() throws IOException {
    return channel().size();
  }

  /** For the owner. */
  synchronized void write(long position, byte[] bytes, int length) throws IOException {
    RandomAccessFile own = Objects.requireNonNull(file);
    own.seek(position);
    own.write(bytes, 0, length);
  }

  /** For the owner. */
  synchronized void cutTo(long length) throws IOException {
    Objects.requireNonNull(file).setLength(length);
  }

  /** Reads as many bytes as there are, at most {@code length}; returns how many. */
  synchronized int read(long position, byte[] bytes, int length) throws IOException {
    RandomAccessFile own = file;
    if (own != null) {
      own.seek(position);
    }
    int filled = 0;
    for (int read = 0; filled < length && read >= 0; filled += Math.max(0, read)) {
      read =
          own != null
              ? own.read(bytes, filled, length - filled)
              : channel().read(ByteBuffer.wrap(bytes, filled, length - filled), position + filled);
    }
    return filled;
  }

  /** For background threads, which nobody is entitled to interrupt. */
  private FileChannel channel() throws IOException {
    Thread.interrupted();
    FileChannel opened = channel;
    if (opened == null) {
      throw new IOException("the spool is not open");
    }
    return opened;
  }

  /** Deletes the file, while it is still locked where the system allows that, and closes it. */
  void delete() {
    boolean isDeleted = path.delete();
    close();
    if (!isDeleted) {
      path.delete();
    }
  }

  /** For readers of other processes' files. Does nothing if the owner is in this process. */
  void release() {
    if (!isOwn) {
      close();
    }
  }

  @Override
  public void close() {
    FileChannel opened = channel;
    if (!staysOpen) {
      try {
        if (opened != null) {
          opened.close();
        }
      } catch (IOException e) {
        // The descriptor is gone all the same.
      } finally {
        OPEN.remove(path.getAbsolutePath(), this);
      }
    }
  }
}
