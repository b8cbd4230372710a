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
 * one.
 *
 * <p>A lock tells. It goes when the file is closed or its process ends, however that happens. Where
 * the file system has no locks, a file that nobody touched for an hour has no owner.
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

  /** Null unless the file is this process's own. Unlike a channel, an interrupt cannot close it. */
  private volatile @Nullable RandomAccessFile own;

  /** Null if the file is this process's own. */
  private volatile @Nullable FileChannel channel;

  private volatile boolean isDead;
  private volatile boolean staysOpen;

  private SpoolFile(File path) {
    this.path = path;
  }

  /** Opens a file that this process just made. Fails if another one took it for a dead one's. */
  static SpoolFile own(File path) throws IOException {
    SpoolFile opened = new SpoolFile(path);
    if (OPEN.putIfAbsent(path.getAbsolutePath(), opened) != null) {
      throw new IOException("a new spool is open already");
    }
    boolean isLocked = false;
    try {
      RandomAccessFile file = new RandomAccessFile(path, "rw");
      opened.own = file;
      isLocked = isLocked(file.getChannel(), true);
    } finally {
      if (!isLocked) {
        opened.close();
      }
    }
    if (!isLocked) {
      throw new IOException("a new spool was taken away at once");
    }
    return opened;
  }

  /**
   * Opens a file of another process, dead or living, or of another collector of this process.
   *
   * @return null if it is no spool, is gone or being made, or is being ingested by this process
   */
  static @Nullable SpoolFile other(File path) throws IOException {
    BasicFileAttributes found = attributes(path);
    // Opening a pipe that somebody put there would block.
    if (found == null || !found.isRegularFile() || isBeingMade(found)) {
      return null;
    }
    SpoolFile opened = new SpoolFile(path);
    SpoolFile known = OPEN.putIfAbsent(path.getAbsolutePath(), opened);
    if (known != null) {
      return known.own != null || known.staysOpen ? known : null;
    }
    boolean isOpen = false;
    try {
      isOpen = opened.openOther(found);
    } finally {
      if (!isOpen) {
        opened.close();
      }
    }
    return isOpen ? opened : null;
  }

  private boolean openOther(BasicFileAttributes found) throws IOException {
    try {
      // Does not make the file if its owner deletes it meanwhile.
      FileChannel opened =
          FileChannel.open(
              path.toPath(),
              Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
      channel = opened;
      isDead = isLocked(opened, isSilent(found));
    } catch (NoSuchFileException e) {
      return false;
    } catch (OverlappingFileLockException e) {
      staysOpen = true;
    }
    // The process that had the lock before may have deleted the file that was found.
    BasicFileAttributes now = isDead ? attributes(path) : found;
    return now != null && Objects.equals(now.fileKey(), found.fileKey());
  }

  private static boolean isLocked(FileChannel channel, boolean withoutLocks) {
    try {
      FileLock lock = channel.tryLock(LOCK_POSITION, 1, false);
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
    return System.currentTimeMillis() - found.lastModifiedTime().toMillis() >= DEAD_AFTER_MILLIS;
  }

  /** Whether its owner died before it wrote the header. */
  boolean isStillborn() throws IOException {
    BasicFileAttributes now = attributes(path);
    return isDead && now != null && now.size() < SpoolFormat.HEADER_BYTES && isSilent(now);
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

  synchronized long length() throws IOException {
    RandomAccessFile file = own;
    return file != null ? file.length() : other().size();
  }

  /** For the owner. */
  synchronized void write(long position, byte[] bytes, int length) throws IOException {
    RandomAccessFile file = Objects.requireNonNull(own);
    file.seek(position);
    file.write(bytes, 0, length);
  }

  /** For the owner. */
  synchronized void cutTo(long length) throws IOException {
    Objects.requireNonNull(own).setLength(length);
  }

  /** Reads as many bytes as there are, at most {@code length}; returns how many. */
  synchronized int read(long position, byte[] bytes, int length) throws IOException {
    RandomAccessFile file = own;
    if (file != null) {
      file.seek(position);
    } else {
      // An interrupt would close the channel. Nobody is entitled to interrupt this thread.
      Thread.interrupted();
    }
    int filled = 0;
    while (filled < length) {
      int read =
          file != null
              ? file.read(bytes, filled, length - filled)
              : other().read(ByteBuffer.wrap(bytes, filled, length - filled), position + filled);
      if (read < 0) {
        break;
      }
      filled += read;
    }
    return filled;
  }

  private FileChannel other() throws IOException {
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
    if (own == null && !staysOpen) {
      close();
    }
  }

  @Override
  public void close() {
    if (staysOpen) {
      return;
    }
    RandomAccessFile file = own;
    FileChannel opened = channel;
    try {
      if (file != null) {
        file.close();
      }
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
