package dev.autoskill.telemetry.postgres;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Stores batches of events on the server, and counts what became of them: by {@code COPY}, which is
 * the quickest but refuses a batch with any event that is there already, else by {@code INSERT}.
 */
final class EventSender {

  private final RemoteDatabase server;
  private final @Nullable String label;
  private final Map<String, Long> remarks = new TreeMap<>();
  private long read;
  private long added;
  private long refused;

  /** Whether the last batch was new to the server, and so the next one may be. */
  private boolean isNew = true;

  EventSender(RemoteDatabase server, @Nullable String label) {
    this.server = server;
    this.label = label;
  }

  PushResult result() {
    return new PushResult(read, added, refused, remarks);
  }

  void send(Handle handle, UUID source, List<StoredEvent> events) {
    isNew = isNew && copy(handle, source, events);
    if (!isNew) {
      isNew = insert(handle.attach(PushDao.class), source, events) == events.size();
    }
    read += events.size();
  }

  /** {@return whether the server took them; false if there is one that it has, or cannot store} */
  private boolean copy(Handle handle, UUID source, List<StoredEvent> events) {
    byte[] text = CopyText.of(source, events);
    Position last = last(events);
    try {
      handle.useTransaction(
          transaction -> {
            copy(transaction.getConnection(), text);
            transaction.attach(PushDao.class).note(source, label, last.row(), last.id());
          });
      count(events, events.size());
      return true;
    } catch (SQLException | JdbiException e) {
      requireRefusal(server.failure(e));
      return false;
    }
  }

  private static void copy(Connection connection, byte[] text) throws SQLException {
    try {
      CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
      copies.copyIn(CopyText.STATEMENT, new ByteArrayInputStream(text));
    } catch (IOException e) {
      throw new SQLException("the connection broke", "08006", e);
    }
  }

  /**
   * Halves a batch that the server refuses, until the event is found that is to blame.
   *
   * @return how many events are new
   */
  private long insert(PushDao dao, UUID source, List<StoredEvent> events) {
    try {
      Position last = last(events);
      int inserted = dao.insert(PushDao.Batch.of(events), source, label, last.row(), last.id());
      count(events, inserted);
      return inserted;
    } catch (JdbiException e) {
      SyncException failure = requireRefusal(server.failure(e));
      if (events.size() == 1) {
        refused++;
        remark("refused by the server, SQLSTATE " + failure.state());
        return 0;
      }
      int half = events.size() / 2;
      return insert(dao, source, events.subList(0, half))
          + insert(dao, source, events.subList(half, events.size()));
    }
  }

  private static SyncException requireRefusal(SyncException failure) {
    if (!failure.isOfData()) {
      throw failure;
    }
    return failure;
  }

  private static Position last(List<StoredEvent> events) {
    return events.get(events.size() - 1).position();
  }

  private void count(List<StoredEvent> events, long inserted) {
    added += inserted;
    events.forEach(event -> event.remarks().forEach(this::remark));
  }

  private void remark(String text) {
    remarks.merge(text, 1L, Long::sum);
  }
}
