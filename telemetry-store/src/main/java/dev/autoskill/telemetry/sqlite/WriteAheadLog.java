package dev.autoskill.telemetry.sqlite;

import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Says when the write-ahead log is to be emptied. SQLite itself moves its pages into the database
 * after every 1000, but the file stays as large as it once was, and grows while others read.
 */
final class WriteAheadLog {

  /** What SQLite's own checkpoints leave, and a batch on top. */
  private static final long LARGE_BYTES = 8L * 1024 * 1024;

  /** Readers that stay keep the log from being emptied; asking again at once does not help. */
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final File file;
  private boolean hasTried;
  private long triedNanos;

  WriteAheadLog(Path database) {
    this.file = new File(database + "-wal");
  }

  boolean isDue() {
    long now = System.nanoTime();
    if (file.length() <= LARGE_BYTES || (hasTried && now - triedNanos < RETRY_NANOS)) {
      return false;
    }
    hasTried = true;
    triedNanos = now;
    return true;
  }
}
