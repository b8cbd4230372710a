package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.recording.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
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

  /** Where the format has them: sqlite.org/walformat.html. */
  private static final int SALTS = 16;

  private static final long LOCK_POSITION = Long.MAX_VALUE - 1;

  private final Path database;
  private final Path log;
  private final LogIndex index;

  /** There as long as the log is. */
  private final Path note;

  /**
   * Which file the log belongs to. Empty unless this process has the log open: the system may give
   * the identity of a log that nobody has open to the next one. Guarded by this.
   */
  private String owner = "";

  DatabaseLog(Path database) {
    this.database = database;
    this.log = beside("-wal");
    this.index = new LogIndex(beside("-shm"));
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
      if (!file.toFile().exists()) {
        return null; // sooner than by an exception
      }
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileState(String.valueOf(now.fileKey()), now.size(), now.lastModifiedTime());
      } catch (IOException e) {
        return null;
      }
    }
  }

  /**
   * Remembers whose log it is, when a connection has opened both.
   *
   * @param before the database before that
   * @param mayWrite whether the connection may write to the log; one that is empty and stays so is
   *     nobody's danger
   * @return false if another file has taken its place since: the connection may have either one
   */
  synchronized boolean opened(@Nullable FileState before, boolean mayWrite) {
    FileState file = FileState.of(database);
    FileState ofLog = FileState.of(log);
    if (file == null || before == null || !file.identity().equals(before.identity())) {
      return false;
    }
    if (ofLog != null) {
      owner = owner(file, ofLog);
      if ((mayWrite || ofLog.size() > 0) && !owner.equals(noted())) {
        note();
      }
    }
    return true;
  }

  private void note() {
    try {
      // Made anew, so that no link of others is followed.
      Files.deleteIfExists(note);
      PrivateFiles.createFile(note);
      Files.writeString(note, owner);
    } catch (IOException e) {
      // The log is known to this process all the same.
    }
  }

  private static String owner(FileState file, FileState ofLog) {
    return file.identity() + "\n" + ofLog.identity();
  }

  private String noted() {
    try {
      return PrivateFiles.isOurs(note) ? Files.readString(note) : "";
    } catch (IOException e) {
      // There is none, or it is no text.
      return "";
    }
  }

  /** Puts the log aside if it is to be, after a connection was closed. */
  synchronized void closed(boolean isConnected) throws IOException {
    FileState file = FileState.of(database);
    FileState ofLog = FileState.of(log);
    if (!isConnected || file == null || ofLog == null || !owner(file, ofLog).equals(owner)) {
      // The connections that are left need not have that log open.
      owner = "";
    }
    putAsideIfForeign(isConnected);
    if (!isConnected) {
      index.close();
    }
  }

  /**
   * Puts the log aside if it belongs to another file than the one that is there. Called before each
   * connection is opened.
   *
   * @param isConnected whether this process has other connections, whose locks would go with any
   *     descriptor of the index that is closed
   * @return false while another process is doing so
   * @throws IOException if the log cannot be put aside
   */
  synchronized boolean putAsideIfForeign(boolean isConnected) throws IOException {
    FileState noteBefore = FileState.of(note);
    if (!isForeign(isConnected)) {
      return true;
    }
    if (noteBefore == null) {
      putAside();
      return true;
    }
    try (FileChannel opened =
            FileChannel.open(note, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = opened.tryLock(LOCK_POSITION, 1, false)) {
      // Else another process has put it aside, and may have the next log open by now. The note is
      // not read again, since a lock goes with any descriptor of its file that is closed.
      if (lock != null && noteBefore.equals(FileState.of(note))) {
        putAside();
      }
      return lock != null;
    } catch (NoSuchFileException | OverlappingFileLockException e) {
      // Another process has put it aside, or another class loader does.
      return false;
    }
  }

  private boolean isForeign(boolean isConnected) throws IOException {
    FileState file = FileState.of(database);
    FileState ofLog = FileState.of(log);
    if (ofLog == null) {
      // The next log may get the identity of the one that was noted.
      Files.deleteIfExists(note);
    }
    if (file == null || ofLog == null) {
      return false;
    }
    for (String known : List.of(owner, noted())) {
      if (known.endsWith("\n" + ofLog.identity())
          && (!known.equals(owner(file, ofLog)) || (!isConnected && isOverwritten(file, ofLog)))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether something else than SQLite wrote to the database: it is newer than the log, which no
   * checkpoint has read so far.
   */
  private boolean isOverwritten(FileState file, FileState ofLog) throws IOException {
    if (ofLog.size() == 0 || file.modified().compareTo(ofLog.modified()) <= 0) {
      return false;
    }
    ByteBuffer salts = ByteBuffer.allocate(Long.BYTES);
    try (FileChannel opened = FileChannel.open(log, StandardOpenOption.READ)) {
      opened.read(salts, SALTS);
    } catch (NoSuchFileException e) {
      return false;
    }
    ByteBuffer head = index.head();
    return LogIndex.isOfUnreadLog(head, salts.getLong(0))
        // Another process may have made a checkpoint since the first look.
        && file.equals(FileState.of(database))
        && head.equals(index.head());
  }

  /**
   * Has SQLite make the index anew if it tells the size of a file over which another one was
   * copied: no checkpoint could move to the database what is written by it.
   *
   * @param isConnected whether this process has connections, whose locks would go with ours
   * @return whether the index is right; false while it cannot be made anew
   */
  synchronized boolean renewStaleIndex(boolean isConnected) throws IOException {
    FileState file = FileState.of(database);
    FileState ofLog = FileState.of(log);
    return file == null
        || ofLog == null
        || ofLog.size() > 0
        || LogIndex.isOfSize(index.head(), file.size())
        || !Files.isWritable(database)
        || (!isConnected && index.renew());
  }

  private void putAside() throws IOException {
    // It says where in the log each page is. The log goes last: a process that dies here leaves it
    // to the next one.
    Files.deleteIfExists(index.file);
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
    owner = "";
  }
}
