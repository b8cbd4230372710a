package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.recording.PrivateFiles;
import dev.autoskill.telemetry.recording.Trouble;
import dev.autoskill.telemetry.sqlite.DatabaseLog.FileState;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.jdbc4.JDBC4Connection;

/** Opens connections to a database, while this class loader may have some. */
public final class SqliteConnections {

  static final String BEGIN = "BEGIN";
  static final String BEGIN_WRITING = "BEGIN IMMEDIATE";

  private static final int JOURNAL_SIZE_LIMIT_BYTES = 4 * 1024 * 1024;

  /** Of SQLite's machine; some milliseconds. */
  private static final int INSTRUCTIONS_PER_LOOK = 100_000;

  private SqliteConnections() {}

  /**
   * {@return connections for writing; {@code <read>} are an event's columns}
   *
   * @param file the database's file
   * @param busyTimeout how long to wait for locks
   */
  public static Jdbi forWriting(Path file, Duration busyTimeout) {
    return jdbi(file, busyTimeout, true);
  }

  /** For queries: never makes a file. */
  static Jdbi forReading(Path file, Duration busyTimeout) {
    return jdbi(file, busyTimeout, false);
  }

  private static Jdbi jdbi(Path file, Duration busyTimeout, boolean isWriting) {
    keepSlf4jQuiet();
    Jdbi jdbi =
        Jdbi.create(() -> open(file, busyTimeout, isWriting)).installPlugin(new SqlObjectPlugin());
    RollupSql.PARTS.forEach(jdbi::define);
    jdbi.define("read", TelemetryDao.READ);
    SqlStatements statements = jdbi.getConfig(SqlStatements.class);
    statements.setUnusedBindingAllowed(true);
    if (!isWriting) {
      // Queries are put together by ourselves.
      statements.setTemplateEngine(TemplateEngine.NOP);
    }
    return jdbi;
  }

  /** A connection that takes part in the claim until it is closed. */
  private static final class Claiming extends JDBC4Connection {

    private final DatabaseClaim claim;

    Claiming(String address, SQLiteConfig config, DatabaseClaim claim) throws SQLException {
      super("jdbc:sqlite:" + address, address, config.toProperties());
      this.claim = claim;
    }

    @Override
    public void close() throws SQLException {
      if (!isClosed()) {
        try {
          ProgressHandler.clearHandler(this);
          super.close();
        } finally {
          claim.leave();
        }
      }
    }
  }

  private static Connection open(Path file, Duration busyTimeout, boolean isWriting)
      throws SQLException {
    Path target = PrivateFiles.target(file);
    if (!Files.isRegularFile(target)) {
      // SQLite would wait for a pipe, and make a journal beside a device.
      throw new SQLException("no file", null, SQLiteErrorCode.SQLITE_NOTADB.code);
    }
    if (DatabaseFile.hasForeignLog(target)) {
      throw new SQLException("another's log", null, SQLiteErrorCode.SQLITE_AUTH.code);
    }
    Claiming opened = null;
    FileState before;
    try {
      DatabaseClaim claim = DatabaseClaim.on(target);
      claim.enter(busyTimeout);
      before = FileState.of(target);
      try {
        opened = connect(target, busyTimeout, isWriting, claim);
      } finally {
        if (opened == null) {
          claim.leave();
        }
      }
    } catch (IOException e) {
      throw new SQLException(
          "the database cannot be claimed", null, SQLiteErrorCode.SQLITE_CANTOPEN.code, e);
    }
    if (DatabaseFile.mayBeWritten(target)) {
      noteLog(opened, before, isWriting);
    }
    return opened;
  }

  /**
   * Has SQLite open the log, if there is to be one, and notes which file it belongs to.
   *
   * @param before the file before the connection was opened
   * @throws SQLException that the database is locked, if another file has taken its place since;
   *     the connection is closed then
   */
  static void noteLog(Connection open, @Nullable FileState before, boolean mayWrite)
      throws SQLException {
    try (Statement read = open.createStatement()) {
      read.execute("PRAGMA data_version");
    } catch (SQLException e) {
      // Beside a log nobody is locked out of reading; other faults show at the first statement.
    }
    if (!((Claiming) open).claim.log.opened(before, mayWrite)) {
      open.close();
      throw new SQLException("another file", null, SQLiteErrorCode.SQLITE_BUSY.code);
    }
  }

  /**
   * Not by the driver's own factories, which register it with the {@code DriverManager}: that would
   * keep the class loader for as long as the process lives. Nor with the context class loader,
   * which a thread of the JDK's would inherit if the driver runs a program to look at the system.
   */
  private static Claiming connect(
      Path target, Duration busyTimeout, boolean isWriting, DatabaseClaim claim)
      throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
    // A URI, because in a plain path the driver takes a question mark for the start of settings.
    String address = target.toAbsolutePath().toUri().toString();
    if (isWriting) {
      config.setSynchronous(SynchronousMode.NORMAL);
      config.setJournalSizeLimit(JOURNAL_SIZE_LIMIT_BYTES);
    } else {
      config.resetOpenMode(SQLiteOpenMode.CREATE);
      address += howToLeaveNothing(target);
    }
    Thread thread = Thread.currentThread();
    ClassLoader context = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      NativeLibrary.ensure();
      return new Claiming(address, config, claim);
    } finally {
      thread.setContextClassLoader(context);
    }
  }

  /**
   * Beside a database that may not be written, SQLite would make a file of shared memory that is
   * read-only for ever. Where the log is empty, it is not needed; else it must be there.
   */
  private static String howToLeaveNothing(Path target) {
    return Files.isWritable(target)
        ? ""
        : new File(target + "-wal").length() == 0 ? "?immutable=1" : "?readonly_shm=1";
  }

  /** Ends each statement of a connection that runs beyond a time from now. */
  static void limit(Handle handle, Duration time) {
    long start = System.nanoTime();
    long nanos = time.toNanos();
    try {
      ProgressHandler.setHandler(
          handle.getConnection(),
          INSTRUCTIONS_PER_LOOK,
          new ProgressHandler() {
            @Override
            protected int progress() {
              return System.nanoTime() - start > nanos ? 1 : 0;
            }
          });
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a failure says nothing of the database: it was locked, or time was up. */
  static boolean isPassing(Throwable fault) {
    Trouble trouble = DatabaseFile.troubleOf(fault);
    return trouble == Trouble.DATABASE_LOCKED || trouble == Trouble.DATABASE_SLOW;
  }

  /**
   * Runs statements in one transaction. Not by JDBI, since the driver would begin the next one at
   * once.
   *
   * @param begin {@link #BEGIN} or {@link #BEGIN_WRITING}, which takes the write lock first: a
   *     transaction could fail half-way if another process was quicker
   */
  static <T, X extends Exception> T inTransaction(
      Handle handle, String begin, HandleCallback<T, X> statements) throws X {
    try {
      handle.execute(begin);
      T result = statements.withHandle(handle);
      handle.execute("COMMIT");
      return result;
    } catch (Throwable failure) {
      try {
        handle.execute("ROLLBACK");
      } catch (JdbiException e) {
        // It never began, or SQLite itself has rolled back. The first failure is the one to tell.
        failure.addSuppressed(e);
      }
      throw failure;
    }
  }

  /**
   * Keeps SLF4J, through which JDBI and the driver log, from printing that nobody set up logging.
   * It prints when it is first asked for a logger; a program that has a provider is left alone.
   */
  public static void keepSlf4jQuiet() {
    String verbosity = "slf4j.internal.verbosity";
    // A literal is one object in the whole JVM, and copies of this class may come here at once.
    synchronized ("slf4j.internal.verbosity") {
      if (System.getProperty(verbosity) == null
          && System.getProperty("slf4j.provider") == null
          && LoggerFactory.class
              .getClassLoader()
              .resources("META-INF/services/org.slf4j.spi.SLF4JServiceProvider")
              .findAny()
              .isEmpty()) {
        System.setProperty(verbosity, "ERROR");
        try {
          LoggerFactory.getILoggerFactory();
        } finally {
          System.clearProperty(verbosity);
        }
      }
    }
  }
}
