package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.sync.Receiver;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server that events are pushed to; makes the tables if need be. An event is
 * identified by its id, so the server leaves out those that it has. How far a push came stands
 * there, too. Immutable, so that threads may share it.
 */
public final class PostgresReceiver implements Receiver {

  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(60);

  private final PostgresTarget target;
  private final @Nullable String label;
  private final RemoteDatabase server;

  /**
   * Makes one; connects to nothing yet.
   *
   * @param target the server's database
   * @param label a name for the local database that is shown on the server; null: none
   */
  public PostgresReceiver(PostgresTarget target, @Nullable String label) {
    this.target = Objects.requireNonNull(target, "target must not be null");
    this.label = label;
    this.server = new RemoteDatabase(target, STATEMENT_TIMEOUT);
  }

  @Override
  public String name() {
    return target.name();
  }

  @Override
  public String key() {
    return target.key();
  }

  @Override
  public int batchSize() {
    return 10_000;
  }

  @Override
  public boolean knowsItsEvents() {
    return true;
  }

  @Override
  public Connection connect(UUID source) {
    return PostgresConnection.open(server, source, label);
  }

  @Override
  public String toString() {
    return name();
  }
}
