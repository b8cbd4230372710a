package dev.autoskill.telemetry.sync;

import dev.autoskill.telemetry.event.DetachedThread;
import dev.autoskill.telemetry.recording.PrivateFiles;
import dev.autoskill.telemetry.sqlite.SqliteConnections;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The events of a local database in the order of their storage, and how far they were pushed.
 *
 * <p>Each look is one statement on a connection of its own, so that nobody waits for it for long.
 */
final class LocalEvents {

  private static final Duration LONGEST_LOCK = Duration.ofSeconds(5);

  /** From the start where another event has the place, or none: rowids were given anew. */
  private static final String AFTER =
      """
      rowid > COALESCE((SELECT rowid FROM skill_telemetry WHERE rowid = :row AND hex(id) = :id),
        -9223372036854775808)
      """;

  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS autoskill_java_pushed (target TEXT PRIMARY KEY,
        source TEXT NOT NULL, watermark INTEGER NOT NULL, watermark_id TEXT NOT NULL,
        pushed_at TEXT)
      """;

  private static final Pushed NEVER = new Pushed(new UUID(0, 0), Position.START, null);

  private final Path file;
  private final Jdbi jdbi;

  LocalEvents(Path file) {
    this.file = file;
    this.jdbi = SqliteConnections.forWriting(file, LONGEST_LOCK);
  }

  /**
   * How far a database was pushed to a target.
   *
   * @param source stands for the database on the server
   * @param position the last event that was pushed
   * @param pushedAt when that ended; null: never
   */
  record Pushed(UUID source, Position position, @Nullable Instant pushedAt) {

    Pushed to(Position reached) {
      return new Pushed(source, reached, pushedAt);
    }

    Pushed at(Instant moment) {
      return new Pushed(source, position, moment);
    }

    static Pushed of(ResultSet row, StatementContext context) throws SQLException {
      String pushedAt = row.getString(4);
      return new Pushed(
          UUID.fromString(row.getString(1)),
          new Position(row.getLong(2), row.getString(3)),
          pushedAt == null ? null : Instant.parse(pushedAt));
    }
  }

  /** {@return the events that a receiver has from programs, as far as their database notes that} */
  LiveEvents live(Receiver receiver) {
    return new LiveEvents(receiver, file);
  }

  /** {@return how far it was pushed; nowhere yet, if nothing is noted} */
  Pushed pushed(String target) {
    return ask(
        NEVER,
        handle -> hasTable(handle, "autoskill_java_pushed") ? pushed(handle, target) : NEVER);
  }

  private static Pushed pushed(Handle handle, String target) {
    return handle
        .createQuery(
            "SELECT source, watermark, watermark_id, pushed_at FROM autoskill_java_pushed"
                + " WHERE target = :target")
        .bind("target", target)
        .map(Pushed::of)
        .findFirst()
        .orElse(NEVER);
  }

  /** The same, after a source was noted, which stays for good. */
  Pushed begin(String target) {
    requireWritable();
    return ask(
        NEVER,
        handle -> {
          handle.execute(TABLE);
          write(
              handle,
              "INSERT OR IGNORE",
              target,
              new Pushed(UUID.randomUUID(), Position.START, null));
          return pushed(handle, target);
        });
  }

  /** Notes how far it was pushed. */
  void note(String target, Pushed pushed) {
    requireWritable();
    ask(0, handle -> write(handle, "REPLACE", target, pushed));
  }

  private void requireWritable() {
    if (Files.exists(file) && !(Files.isWritable(file) && PrivateFiles.isOurs(file))) {
      throw SyncException.of("the local database " + file + " may not be written to");
    }
  }

  private static int write(Handle handle, String verb, String target, Pushed pushed) {
    return handle
        .createUpdate(
            verb + " INTO autoskill_java_pushed VALUES (:target, :source, :row, :id, :at)")
        .bind("target", target)
        .bind("source", pushed.source().toString())
        .bind("row", pushed.position().row())
        .bind("id", pushed.position().id())
        .bind("at", pushed.pushedAt() == null ? null : pushed.pushedAt().toString())
        .execute();
  }

  /** {@return the events after a place, at most so many} */
  List<StoredEvent> after(Position position, int most) {
    return ask(
        List.of(),
        handle ->
            handle
                .createQuery(
                    "SELECT rowid, hex(id), <read> FROM skill_telemetry WHERE "
                        + AFTER
                        + " ORDER BY rowid LIMIT :most")
                .bind("row", position.row())
                .bind("id", position.id())
                .bind("most", most)
                .map(StoredEvent::of)
                .list());
  }

  /** {@return whether there are events after a place} */
  boolean hasMore(Position position) {
    return !after(position, 1).isEmpty();
  }

  /** Starts reading the events after a place, so that the server need not wait for them. */
  FutureTask<List<StoredEvent>> readAfter(Position position, int most) {
    FutureTask<List<StoredEvent>> reading = new FutureTask<>(() -> after(position, most));
    DetachedThread.of("autoskill-telemetry-push", reading).start();
    return reading;
  }

  /** {@return how many events there are, and how many after a place} */
  long[] counts(Position position) {
    return ask(
        new long[2],
        handle ->
            handle
                .createQuery(
                    "SELECT COUNT(*), COUNT(CASE WHEN "
                        + AFTER
                        + " THEN 1 END) FROM skill_telemetry")
                .bind("row", position.row())
                .bind("id", position.id())
                .map((row, context) -> new long[] {row.getLong(1), row.getLong(2)})
                .one());
  }

  private static boolean hasTable(Handle handle, String name) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = :name)")
        .bind("name", name)
        .mapTo(boolean.class)
        .one();
  }

  private <T> T ask(T ifThereIsNone, HandleCallback<T, RuntimeException> question) {
    if (Files.notExists(file)) {
      return ifThereIsNone;
    }
    try (Handle handle = jdbi.open()) {
      return hasTable(handle, "skill_telemetry") ? question.withHandle(handle) : ifThereIsNone;
    } catch (JdbiException | LinkageError e) {
      throw SyncException.of("the local database " + file + " cannot be read or written");
    }
  }
}
