package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.sqlite.DatabaseLog.FileState;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The index of a write-ahead log, which the processes that have a database open share. It tells
 * them where in the log each page is, and how many pages the database has: from the last
 * transaction, whatever happened to the file since.
 *
 * <p>Not safe for use by several threads at once.
 */
final class LogIndex {

  // Where the format has them: sqlite.org/walformat.html
  private static final int PAGE_BYTES = 14;
  private static final int PAGES = 20;
  private static final int SALTS = 32;

  /** Two copies of one header. While they are zero, SQLite makes the index anew. */
  private static final int HEADERS = 96;

  /**
   * A process that writes to the log locks the first byte; one that makes a checkpoint, the next.
   */
  private static final int WRITERS = 120;

  private static final int CHECKPOINT_ATTEMPTED = 128;
  private static final int HEAD = 136;

  final Path file;

  /**
   * By the identity of the file. Closed only while this process has no connections: the locks of
   * its connections would go with any descriptor of the same file.
   */
  private final Map<String, RandomAccessFile> opened = new HashMap<>();

  LogIndex(Path file) {
    this.file = file;
  }

  /** {@return the start of the index; zeros if there is none} */
  ByteBuffer head() throws IOException {
    byte[] head = new byte[HEAD];
    FileState state = FileState.of(file);
    if (state != null) {
      try {
        RandomAccessFile known = opened.get(state.identity());
        if (known == null) {
          // Not a channel, which an interrupt would close.
          known = new RandomAccessFile(file.toFile(), "r");
          opened.put(state.identity(), known);
        }
        known.seek(0);
        known.read(head);
      } catch (FileNotFoundException e) {
        // It went since.
      }
    }
    return ByteBuffer.wrap(head);
  }

  /** Whether it is that of a log with these salts, and no checkpoint has read that so far. */
  static boolean isOfUnreadLog(ByteBuffer head, long salts) {
    return head.getLong(SALTS) == salts && head.getInt(CHECKPOINT_ATTEMPTED) == 0;
  }

  /** Whether the database has as many bytes as the index says, or the index does not say. */
  static boolean isOfSize(ByteBuffer head, long bytes) {
    ByteBuffer numbers = head.duplicate().order(ByteOrder.nativeOrder());
    int ofPage = Short.toUnsignedInt(numbers.getShort(PAGE_BYTES));
    // 0 until something was committed through it: SQLite then asks the file.
    long pages = Integer.toUnsignedLong(numbers.getInt(PAGES));
    return pages == 0 || pages * (ofPage == 1 ? 1 << Short.SIZE : ofPage) == bytes;
  }

  /**
   * Has SQLite make the index anew from the log, for each process that has it open; {@return false
   * if somebody writes just now} Only for a process without connections, see {@link #opened}.
   */
  boolean renew() throws IOException {
    try (RandomAccessFile renewed = new RandomAccessFile(file.toFile(), "rw");
        FileLock lock = renewed.getChannel().tryLock(WRITERS, 2, false)) {
      if (lock != null) {
        renewed.write(new byte[HEADERS]);
      }
      return lock != null;
    }
  }

  void close() throws IOException {
    for (RandomAccessFile one : opened.values()) {
      one.close();
    }
    opened.clear();
  }
}
