package dev.autoskill.telemetry.benchmarks.store;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * As a program writes that keeps no batches: a transaction for each event, by a statement that is
 * prepared once, with what SQLite does if nothing is said ({@code synchronous=FULL}).
 */
final class OneByOne implements Inserting {

  private final Connection connection;
  private final PreparedStatement insert;

  OneByOne(Path file, String journalMode) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    SharedTable.create(connection, journalMode);
    insert = connection.prepareStatement(SharedTable.INSERT);
  }

  @Override
  public void store(List<TelemetryEvent> events) throws SQLException {
    for (TelemetryEvent event : events) {
      SharedTable.bind(insert, event);
      insert.executeUpdate();
    }
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    connection.close();
  }
}
