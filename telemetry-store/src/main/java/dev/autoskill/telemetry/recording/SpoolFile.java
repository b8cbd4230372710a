package dev.autoskill.telemetry.recording;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An open spool: of this process, of a dead one, or of a living one. The owner's lock tells. It
 * goes when the file is closed or its process ends, however that happens. Where the file system has
 * no locks, a file that nobody touched for an hour has no owner.
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

  /** Not a channel: an interrupt would close it. Null until it is open. */
  private volatile @Nullable RandomAccessFile file;

  /** See {@link SpoolFormat#seed}. */
  private volatile long[] seed = {};

  private volatile boolean isDead;
  private volatile boolean staysOpen;

  private SpoolFile(File path, boolean isOwn) {
    this.path = path;
    this.isOwn = isOwn;
  }

  /** Opens a file that this process just made. Fails if another one took it for a dead one's. */
  static SpoolFile own(File path) throws IOException {
    SpoolFile opened = new SpoolFile(path, true);
    if (OPEN.putIfAbsent(path.getAbsolutePath(), opened) != null || !opened.open(true)) {
      throw new IOException("a new spool was taken away at once");
    }
    return opened;
  }

  /**
   * Opens a file of another process, dead or living, or of another collector of this process.
   *
   * @return null if it is no spool of a version that is read, is gone or being made, or is being
   *     ingested by this process
   * @throws IOException if it cannot be opened, or another user has put it there
   */
  static @Nullable SpoolFile other(File path) throws IOException {
    boolean isSilent = System.currentTimeMillis() - path.lastModified() >= DEAD_AFTER_MILLIS;
    // Opening a pipe that somebody put there would block. A file without a header is being made.
    if (!path.isFile() || (path.length() < SpoolFormat.HEADER_BYTES && !isSilent)) {
      return null;
    }
    if (!PrivateFiles.isOurs(path.toPath()) && path.exists()) {
      throw new IOException("the spool is another user's");
    }
    SpoolFile opened = new SpoolFile(path, false);
    SpoolFile known = OPEN.putIfAbsent(path.getAbsolutePath(), opened);
    if (known == null) {
      opened.isDead = opened.open(isSilent);
    } else if (known.isOwn || known.staysOpen) {
      opened = known;
    }
    return opened.file != null && opened.hasHeader() ? opened : null;
  }

  /** If not, releases the file. Deletes it if its owner died before it wrote a header. */
  private boolean hasHeader() throws IOException {
    boolean hasHeader = false;
    try {
      byte[] header = new byte[SpoolFormat.HEADER_1_BYTES];
      int length = read(0, header, header.length);
      long[] found = SpoolFormat.seed(ByteBuffer.wrap(header, 0, length));
      if (found != null) {
        hasHeader = true;
        seed = found;
      } else if (isDead && length < SpoolFormat.HEADER_BYTES) {
        delete();
      }
    } finally {
      if (!hasHeader) {
        release();
      }
    }
    return hasHeader;
  }

  /** Opens the file, if it is there, and says whether no owner has it open. */
  private boolean open(boolean withoutLocks) throws IOException {
    boolean isLocked = false;
    try {
      // Only the owner may make the file: it does not come back when it is deleted meanwhile.
      file = new RandomAccessFile(path, isOwn ? "rw" : "r");
      isLocked = lock(file.getChannel(), withoutLocks);
    } catch (FileNotFoundException e) {
      if (path.exists()) {
        throw e;
      }
    } catch (OverlappingFileLockException e) {
      staysOpen = true;
    } finally {
      if (isOwn ? !isLocked : file == null) {
        close();
      }
    }
    return isLocked;
  }

  /** Those who read it share it, and may store the same events at once, which changes nothing. */
  private boolean lock(FileChannel channel, boolean withoutLocks) {
    try {
      return channel.tryLock(LOCK_POSITION, 1, !isOwn) != null;
    } catch (IOException e) {
      return withoutLocks;
    }
  }

  /** Whether its owner is dead, so that the file may be deleted once its events are stored. */
  boolean isDead() {
    return isDead;
  }

  File path() {
    return path;
  }

  long[] seed() {
    return seed;
  }

  /** Where the first record is. */
  long start() {
    return seed.length == 0 ? SpoolFormat.HEADER_BYTES : SpoolFormat.HEADER_1_BYTES;
  }

  long length() throws IOException {
    return file.length();
  }

  /** For the owner. */
  synchronized void write(long position, byte[] bytes, int length) throws IOException {
    file.seek(position);
    file.write(bytes, 0, length);
  }

  /** For the owner. */
  synchronized void cutTo(long length) throws IOException {
    file.setLength(length);
  }

  /** Reads as many bytes as there are, at most {@code length}; returns how many. */
  synchronized int read(long position, byte[] bytes, int length) throws IOException {
    file.seek(position);
    int filled = 0;
    for (int read = 0; filled < length && read >= 0; filled += Math.max(0, read)) {
      read = file.read(bytes, filled, length - filled);
    }
    return filled;
  }

  /** Deletes the file, while it is still locked where the system allows that, and closes it. */
  void delete() {
    path.delete();
    close();
    path.delete();
  }

  /** For readers of other processes' files. Does nothing if the owner is in this process. */
  void release() {
    if (!isOwn) {
      close();
    }
  }

  @Override
  public void close() {
    if (!staysOpen) {
      try {
        if (file != null) {
          file.close();
        }
      } catch (IOException e) {
        // The descriptor is gone all the same.
      } finally {
        OPEN.remove(path.getAbsolutePath(), this);
      }
    }
  }
}
