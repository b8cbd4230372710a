package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.writer.Faults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries. A database that is missing or cannot be read has no events.
 *
 * <p>Safe for use by any number of threads; each query has a connection of its own.
 */
public final class SqliteEventReader {

  private final Path file;
  private final Duration busyTimeout;
  private final Faults faults;

  /**
   * Makes a reader; opens nothing yet.
   *
   * @param file the database's file, which need not exist
   * @param busyTimeout how long to wait for other programs' locks
   * @param faults counts what is swallowed
   */
  public SqliteEventReader(Path file, Duration busyTimeout, Faults faults) {
    this.file = file;
    this.busyTimeout = busyTimeout;
    this.faults = faults;
  }

  /**
   * The effectiveness of skills.
   *
   * @param skillName the skill; null: every one
   * @return a report a skill, the most used first
   */
  public List<EffectivenessReport> reports(@Nullable String skillName) {
    return query(dao -> Reports.of(dao.totals(skillName)));
  }

  /**
   * The newest events.
   *
   * @param skillName the skill; null: every one
   * @param limit how many at most
   * @return the events, newest first
   */
  public List<TelemetryEvent> newestEvents(@Nullable String skillName, int limit) {
    return query(dao -> List.copyOf(dao.newestEvents(skillName, limit)));
  }

  private <T> List<T> query(Function<TelemetryDao, List<T>> query) {
    if (Files.notExists(file)) {
      return List.of();
    }
    try {
      return SqliteConnections.forReading(file, busyTimeout)
          .withExtension(TelemetryDao.class, query::apply);
    } catch (Exception | LinkageError e) {
      faults.swallowed(e);
      return List.of();
    }
  }
}
