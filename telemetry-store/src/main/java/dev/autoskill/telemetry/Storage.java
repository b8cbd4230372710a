package dev.autoskill.telemetry;

import dev.autoskill.telemetry.sqlite.Retention;
import dev.autoskill.telemetry.sqlite.SqliteEventReader;
import dev.autoskill.telemetry.sqlite.SqliteEventStore;
import dev.autoskill.telemetry.writer.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A collector's database: opens what writes to it, and what reads from it when it is first asked.
 * Most programs that record never do either, and load nothing for it.
 *
 * <p>Safe for use by any number of threads.
 */
final class Storage implements Supplier<SqliteEventStore> {

  private final Path file;
  private final Duration busyTimeout;
  private final Faults faults;
  private final @Nullable Retention retention;
  private final Duration queryTimeout;
  private final boolean mayWrite;
  private volatile @Nullable SqliteEventReader reader;

  /**
   * Makes it; opens nothing.
   *
   * @param retention which events whoever writes deletes; null: none
   * @param queryTimeout how long a query may take
   * @param mayWrite whether queries may bring the rollups up to date
   */
  Storage(
      Path file,
      Duration busyTimeout,
      Faults faults,
      @Nullable Retention retention,
      Duration queryTimeout,
      boolean mayWrite) {
    this.file = file;
    this.busyTimeout = busyTimeout;
    this.faults = faults;
    this.retention = retention;
    this.queryTimeout = queryTimeout;
    this.mayWrite = mayWrite;
  }

  Path file() {
    return file;
  }

  @Override
  public SqliteEventStore get() {
    return new SqliteEventStore(file, busyTimeout, faults, retention);
  }

  SqliteEventReader reader() {
    SqliteEventReader known = reader;
    return known == null ? makeReader() : known;
  }

  private synchronized SqliteEventReader makeReader() {
    SqliteEventReader made = reader;
    if (made == null) {
      made = new SqliteEventReader(file, busyTimeout, queryTimeout, faults, mayWrite);
      reader = made;
    }
    return made;
  }
}
