package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.event.TextResource;
import dev.autoskill.telemetry.sync.SyncException;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The tables on the server: files of SQL, applied one after the other, each once. */
final class Schema {

  /** The last file's number. */
  private static final int NEWEST = 2;

  private Schema() {}

  /** The statements on the table of versions. */
  interface Dao {

    /** From the catalogue itself: the server's cache of names lags behind other connections. */
    @SqlQuery(
        """
        SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_class
          WHERE relname = 'autoskill_java_schema' AND pg_table_is_visible(oid))
        """)
    boolean exists();

    @SqlQuery("SELECT COALESCE(MAX(version), 0) FROM autoskill_java_schema")
    int version();

    /** Until the transaction ends; a text, since there is no value. */
    @SqlQuery("SELECT pg_advisory_xact_lock(5318008242113)")
    String lock();

    @SqlUpdate("INSERT INTO autoskill_java_schema (version) VALUES (:version)")
    void note(int version);
  }

  /** Makes what is missing, also where another machine is about to do the same. */
  static void bringUpToDate(Handle handle) throws SQLException {
    if (version(handle) == NEWEST) {
      return; // which takes no right to make anything
    }
    handle.useTransaction(
        transaction -> {
          Dao dao = transaction.attach(Dao.class);
          dao.lock();
          for (int version = version(transaction) + 1; version <= NEWEST; version++) {
            apply(transaction, version);
            dao.note(version);
          }
        });
  }

  /** {@return whether there are tables that can be read; they may be of an earlier version} */
  static boolean isThere(Handle handle) {
    return version(handle) > 0;
  }

  private static int version(Handle handle) {
    Dao dao = handle.attach(Dao.class);
    int version = dao.exists() ? dao.version() : 0;
    if (version > NEWEST) {
      throw SyncException.of("the tables on the server are of a newer version of this library");
    }
    return version;
  }

  /** As one text, since the bodies of functions hold semicolons. */
  private static void apply(Handle handle, int version) throws SQLException {
    String sql = TextResource.read(Schema.class, "schema-" + version + ".sql");
    try (Statement statement = handle.getConnection().createStatement()) {
      statement.execute(sql);
    }
  }
}
