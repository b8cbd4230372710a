package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.recording.PrivateFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The write-ahead log beside a database. SQLite applies a log to whatever file has the database's
 * name, and damages a file that took the place of the one that the log was written for. So this
 * class remembers which file the log belongs to, in the process and in a note for the processes to
 * come, and puts the log aside when another file is there.
 *
 * <p>Safe for use by any number of threads.
 */
final class DatabaseLog {

  // Where the format of SQLite's files has them: sqlite.org/walformat.html
  private static final int LOG_SALTS = 16;
  private static final int INDEX_PAGE_BYTES = 14;
  private static final int INDEX_PAGES = 20;
  private static final int INDEX_SALTS = 32;
  private static final int INDEX_CHECKPOINT_ATTEMPTED = 128;
  private static final int INDEX_BYTES = 136;

  /** Two copies of one header. While they are zero, SQLite makes the index anew. */
  private static final int INDEX_HEADERS = 96;

  /** Who writes to the log has a lock on the first byte; who makes a checkpoint, on the second. */
  private static final int INDEX_WRITERS = 120;

  private static final long LOCK_POSITION = Long.MAX_VALUE - 1;
  private static final long LONGEST_LOCK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path database;
  private final Path log;
  private final Path index;

  /** There as long as the log is. */
  private final Path note;

  /**
   * Which file the log belongs to. Null unless this process has the log open: the system may give
   * the identity of a log that nobody has open to the next one. Guarded by this.
   */
  private @Nullable String owner;

  /**
   * By the identity of the file. Closed only while this process has no connections: the locks of
   * its connections would go with any descriptor of the same file. Guarded by this.
   */
  private final Map<String, RandomAccessFile> indexes = new HashMap<>();

  DatabaseLog(Path database) {
    this.database = database;
    this.log = beside("-wal");
    this.index = beside("-shm");
    this.note = beside("-wal-owner");
  }

  private Path beside(String suffix) {
    return database.resolveSibling(database.getFileName() + suffix);
  }

  /**
   * A file at one moment.
   *
   * @param identity tells it from another one of its name, unless the file system cannot
   * @param size in bytes
   * @param modified when it was last written to
   */
  record FileState(String identity, long size, FileTime modified) {

    /** {@return the state of a file; null if there is none} */
    static @Nullable FileState of(Path file) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileState(String.valueOf(now.fileKey()), now.size(), now.lastModifiedTime());
      } catch (IOException e) {
        return null;
      }
    }
  }

  /** Remembers whose log it is. Called when a connection that writes has opened both. */
  synchronized void opened() {
    FileState file = FileState.of(database);
    FileState ofLog = FileState.of(log);
    if (file != null && ofLog != null && !owner(file, ofLog).equals(owner)) {
      owner = owner(file, ofLog);
      try {
        // Made anew, so that no link of others is followed.
        Files.deleteIfExists(note);
        PrivateFiles.createFile(note);
        Files.writeString(note, owner);
      } catch (IOException e) {
        // The log is known to this process all the same.
      }
    }
  }

  private static String owner(FileState file, FileState ofLog) {
    return file.identity() + "\n" + ofLog.identity();
  }

  private @Nullable String noted() {
    try {
      return PrivateFiles.isOurs(note) ? Files.readString(note) : null;
    } catch (IOException e) {
      // There is none, or it is no text.
      return null;
    }
  }

  /** Puts the log aside if it is to be, after a connection was closed. */
  synchronized void closed(boolean isConnected) throws IOException {
    putAsideIfForeign(isConnected);
    if (!isConnected) {
      owner = null;
      closeIndexes();
    }
    if (Files.notExists(log)) {
      Files.deleteIfExists(note);
    }
  }

  /**
   * Puts the log aside if it belongs to another file than the one that is there. Called before each
   * connection is opened.
   *
   * @param isConnected whether this process has other connections, whose locks would go with any
   *     descriptor of the index that is closed
   * @throws IOException if the log cannot be put aside
   */
  synchronized void putAsideIfForeign(boolean isConnected) throws IOException {
    FileState noteBefore = FileState.of(note);
    if (!isForeign(isConnected)) {
      return;
    }
    if (noteBefore == null) {
      putAside();
      return;
    }
    try (FileChannel opened =
        FileChannel.open(note, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      awaitLock(opened);
      // Else another process has put it aside, and may have the next log open by now. The note is
      // not read again, since a lock goes with any descriptor of its file that is closed.
      if (noteBefore.equals(FileState.of(note))) {
        putAside();
      }
    } catch (NoSuchFileException e) {
      // Another process has put it aside.
    }
  }

  private boolean isForeign(boolean isConnected) throws IOException {
    FileState file = FileState.of(database);
    FileState ofLog = FileState.of(log);
    if (file == null || ofLog == null) {
      return false;
    }
    for (String known : Arrays.asList(owner, noted())) {
      if (known != null
          && known.endsWith("\n" + ofLog.identity())
          && (!known.equals(owner(file, ofLog)) || (!isConnected && isOverwritten(file, ofLog)))) {
        return true;
      }
    }
    return false;
  }

  /** Excludes other processes until the channel is closed, where there are locks. */
  private static void awaitLock(FileChannel file) throws IOException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < LONGEST_LOCK_NANOS) {
      try {
        if (file.tryLock(LOCK_POSITION, 1, false) != null) {
          return;
        }
      } catch (OverlappingFileLockException e) {
        // Another class loader has it.
      } catch (IOException e) {
        return;
      }
      LockSupport.parkNanos(file, LONGEST_LOCK_NANOS / 1000);
    }
    throw new IOException("another process does not leave the log alone");
  }

  /**
   * Whether something else than SQLite wrote to the database: it is newer than the log, which no
   * checkpoint has read so far.
   */
  private boolean isOverwritten(FileState file, FileState ofLog) throws IOException {
    if (ofLog.size() == 0 || file.modified().compareTo(ofLog.modified()) <= 0) {
      return false;
    }
    ByteBuffer logHead;
    try (RandomAccessFile opened = new RandomAccessFile(log.toFile(), "r")) {
      logHead = head(opened, LOG_SALTS + Long.BYTES);
    } catch (FileNotFoundException e) {
      return false;
    }
    ByteBuffer indexHead = indexHead();
    return logHead.getLong(LOG_SALTS) == indexHead.getLong(INDEX_SALTS)
        && indexHead.getInt(INDEX_CHECKPOINT_ATTEMPTED) == 0
        // Another process may have made a checkpoint since the first look.
        && file.equals(FileState.of(database))
        && indexHead.equals(indexHead());
  }

  /**
   * Has SQLite make the index anew if it tells the size of a file over which another one was
   * copied: no checkpoint could move to the database what is written by it.
   *
   * @param isConnected whether this process has connections, whose locks would go with ours
   * @return whether the index is right; false while it cannot be made anew
   */
  synchronized boolean renewStaleIndex(boolean isConnected) throws IOException {
    if (!isIndexStale() || !Files.isWritable(index)) {
      return true;
    }
    if (isConnected) {
      return false;
    }
    try (RandomAccessFile opened = new RandomAccessFile(index.toFile(), "rw");
        FileLock lock = opened.getChannel().tryLock(INDEX_WRITERS, 2, false)) {
      if (lock != null && isIndexStale()) {
        opened.write(new byte[INDEX_HEADERS]);
      }
      return lock != null;
    }
  }

  private boolean isIndexStale() throws IOException {
    FileState file = FileState.of(database);
    FileState ofLog = FileState.of(log);
    if (file == null || ofLog == null || ofLog.size() > 0) {
      return false;
    }
    ByteBuffer head = indexHead().order(ByteOrder.nativeOrder());
    int bytes = Short.toUnsignedInt(head.getShort(INDEX_PAGE_BYTES));
    // 0 until something was committed through it: SQLite then asks the file.
    long pages = Integer.toUnsignedLong(head.getInt(INDEX_PAGES));
    return pages > 0 && pages * (bytes == 1 ? 1 << Short.SIZE : bytes) != file.size();
  }

  /** {@return the start of the index; zeros if there is none} */
  private ByteBuffer indexHead() throws IOException {
    FileState state = FileState.of(index);
    if (state == null) {
      return ByteBuffer.allocate(INDEX_BYTES);
    }
    RandomAccessFile opened = indexes.get(state.identity());
    if (opened == null) {
      try {
        opened = new RandomAccessFile(index.toFile(), "r");
      } catch (FileNotFoundException e) {
        return ByteBuffer.allocate(INDEX_BYTES);
      }
      indexes.put(state.identity(), opened);
    }
    opened.seek(0);
    return head(opened, INDEX_BYTES);
  }

  /** Not by a channel, which an interrupt would close. */
  private static ByteBuffer head(RandomAccessFile file, int bytes) throws IOException {
    byte[] head = new byte[bytes];
    file.read(head);
    return ByteBuffer.wrap(head);
  }

  private void closeIndexes() throws IOException {
    for (RandomAccessFile opened : indexes.values()) {
      opened.close();
    }
    indexes.clear();
  }

  private void putAside() throws IOException {
    // It says where in the log each page is. The log goes last: a process that dies here leaves it
    // to the next one.
    Files.deleteIfExists(index);
    if (Files.size(log) > 0) {
      int number = 1;
      while (Files.exists(beside("-wal.replaced-" + number))) {
        number++;
      }
      Files.move(log, beside("-wal.replaced-" + number));
    } else {
      Files.delete(log);
    }
    Files.deleteIfExists(note);
    owner = null;
  }
}
