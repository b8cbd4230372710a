package dev.autoskill.telemetry.benchmarks.store;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * Code that one would write by hand for speed alone: one statement, prepared once, executed in
 * batches. Settings, transactions and durability are the library's.
 */
final class ByHand implements Inserting {

  private static final int JOURNAL_SIZE_LIMIT_BYTES = 4 * 1024 * 1024;

  private final Connection connection;
  private final PreparedStatement insert;

  ByHand(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(SynchronousMode.NORMAL);
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    config.setJournalSizeLimit(JOURNAL_SIZE_LIMIT_BYTES);
    connection = config.createConnection("jdbc:sqlite:" + file);
    SharedTable.create(connection, "WAL");
    connection.setAutoCommit(false);
    insert = connection.prepareStatement(SharedTable.INSERT);
  }

  @Override
  public void store(List<TelemetryEvent> events) throws SQLException {
    for (TelemetryEvent event : events) {
      SharedTable.bind(insert, event);
      insert.addBatch();
    }
    insert.executeBatch();
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    connection.close();
  }
}
