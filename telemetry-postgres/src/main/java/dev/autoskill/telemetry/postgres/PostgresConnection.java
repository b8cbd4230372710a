package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.sync.Position;
import dev.autoskill.telemetry.sync.PushCount;
import dev.autoskill.telemetry.sync.Receiver;
import dev.autoskill.telemetry.sync.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Stores batches of events on the server: by {@code COPY}, which is the quickest but refuses a
 * batch with any event that is there already, else by {@code INSERT}.
 */
final class PostgresConnection implements Receiver.Connection {

  private static final int EVENTS_AT_ONCE = 500;
  private static final Duration LONGEST_ROLLING_UP = Duration.ofSeconds(5);

  private final RemoteDatabase server;
  private final Handle handle;
  private final UUID source;
  private final @Nullable String label;

  /** Whether the last batch was new to the server, and so the next one may be. */
  private boolean isNew = true;

  private PostgresConnection(
      RemoteDatabase server, Handle handle, UUID source, @Nullable String label) {
    this.server = server;
    this.handle = handle;
    this.source = source;
    this.label = label;
  }

  /** Connects, and makes the tables that are missing. */
  static PostgresConnection open(RemoteDatabase server, UUID source, @Nullable String label) {
    PostgresConnection connection = new PostgresConnection(server, server.open(), source, label);
    try {
      Schema.bringUpToDate(connection.handle);
      return connection;
    } catch (JdbiException | SQLException e) {
      connection.handle.close();
      throw server.failure(e);
    } catch (RuntimeException e) {
      connection.handle.close();
      throw e;
    }
  }

  /** A server that was restored from an older copy knows that it lacks something. */
  @Override
  public Position position(Position noted) {
    try {
      return Position.earlier(noted, handle.attach(PushDao.class).position(source));
    } catch (JdbiException e) {
      throw server.failure(e);
    }
  }

  @Override
  public void send(List<StoredEvent> events, PushCount count) {
    isNew = isNew && copy(events, count);
    if (!isNew) {
      isNew = insert(handle.attach(PushDao.class), events, count) == events.size();
    }
  }

  /** {@return whether the server took them; false if there is one that it has, or cannot store} */
  private boolean copy(List<StoredEvent> events, PushCount count) {
    Position last = last(events);
    try {
      handle.useTransaction(
          transaction -> {
            copy(transaction.getConnection(), events);
            transaction.attach(PushDao.class).note(source, label, last.row(), last.id());
          });
      count.taken(events, events.size());
      return true;
    } catch (SQLException | JdbiException e) {
      requireRefusal(e);
      return false;
    }
  }

  /** In parts, so that the server works on one while the next is made. */
  private void copy(Connection connection, List<StoredEvent> events) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(CopyRows.STATEMENT);
    try {
      copy.writeToCopy(CopyRows.HEADER, 0, CopyRows.HEADER.length);
      for (int from = 0; from < events.size(); from += EVENTS_AT_ONCE) {
        int to = Math.min(events.size(), from + EVENTS_AT_ONCE);
        byte[] rows = CopyRows.of(source, events.subList(from, to));
        copy.writeToCopy(rows, 0, rows.length);
      }
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /**
   * Halves a batch that the server refuses, until the event is found that is to blame.
   *
   * @return how many events are new
   */
  private long insert(PushDao dao, List<StoredEvent> events, PushCount count) {
    try {
      Position last = last(events);
      int inserted = dao.insert(PushDao.Batch.of(events), source, label, last.row(), last.id());
      count.taken(events, inserted);
      return inserted;
    } catch (JdbiException e) {
      SqlState state = requireRefusal(e);
      if (events.size() == 1) {
        count.refused(1, "refused by the server, SQLSTATE " + state.code());
        return 0;
      }
      int half = events.size() / 2;
      return insert(dao, events.subList(0, half), count)
          + insert(dao, events.subList(half, events.size()), count);
    }
  }

  private SqlState requireRefusal(Exception failure) {
    SqlState state = SqlState.of(failure);
    if (!state.isOfData()) {
      throw server.failure(failure);
    }
    return state;
  }

  private static Position last(List<StoredEvent> events) {
    return events.get(events.size() - 1).position();
  }

  /**
   * Rolls up some of the days to which events were added: steps begin until some seconds are over.
   * The server knows the days that are left, and reports count their events; so a failure changes
   * no answer, and the next push tries again.
   */
  @Override
  public void finish() {
    long end = System.nanoTime() + LONGEST_ROLLING_UP.toNanos();
    try {
      RollupDao rollups = handle.attach(RollupDao.class);
      boolean hasMore = true;
      while (hasMore && System.nanoTime() < end) {
        hasMore = rollups.rollUp();
      }
    } catch (JdbiException e) {
      // See above.
    }
  }

  @Override
  public void close() {
    try {
      handle.close();
    } catch (JdbiException e) {
      throw server.failure(e);
    }
  }
}
