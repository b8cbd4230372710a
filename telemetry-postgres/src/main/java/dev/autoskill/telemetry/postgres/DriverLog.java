package dev.autoskill.telemetry.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the driver's warnings about connections of this library from the JDK's log, which prints
 * them unless the program set up another. What the driver logs for others passes.
 */
final class DriverLog {

  private static final String PACKAGE = "org.postgresql.";

  /** The classes that may warn while a connection is made. */
  private static final List<String> CLASSES =
      List.of(
          "Driver",
          "core.v3.ConnectionFactoryImpl",
          "jdbc.PgConnection",
          "jdbcurlresolver.PgServiceConfParser",
          "ssl.PGjdbcHostnameVerifier",
          "sspi.SSPIClient",
          "util.PGPropertyMaxResultBufferParser",
          "util.PGPropertyUtil");

  /** Also of threads that the driver starts for a connection. */
  private static final ThreadLocal<Boolean> IS_OURS = new InheritableThreadLocal<>();

  /** Those in place, which are taken away again: a logger may live longer than this library. */
  private static List<Quiet> filters = List.of();

  private static int connecting;

  private DriverLog() {}

  /** Makes a connection. */
  interface Connector {
    @Nullable Connection connect() throws SQLException;
  }

  private record Quiet(Logger logger, @Nullable Filter before, Filter filter) {

    static Quiet of(String name) {
      Logger logger = Logger.getLogger(PACKAGE + name);
      Filter before = logger.getFilter();
      Filter filter =
          record -> IS_OURS.get() == null && (before == null || before.isLoggable(record));
      logger.setFilter(filter);
      return new Quiet(logger, before, filter);
    }

    void end() {
      if (logger.getFilter() == filter) {
        logger.setFilter(before);
      }
    }
  }

  static @Nullable Connection quietly(Connector connector) throws SQLException {
    begin();
    IS_OURS.set(true);
    try {
      return connector.connect();
    } finally {
      IS_OURS.remove();
      end();
    }
  }

  private static synchronized void begin() {
    if (connecting++ == 0) {
      filters = CLASSES.stream().map(Quiet::of).toList();
    }
  }

  private static synchronized void end() {
    if (--connecting == 0) {
      filters.forEach(Quiet::end);
      filters = List.of();
    }
  }
}
