package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.recording.PrivateFiles;
import dev.autoskill.telemetry.recording.StoreException;
import dev.autoskill.telemetry.recording.Trouble;
import dev.autoskill.telemetry.sqlite.DatabaseLog.FileState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** The database as a file: who may read it, what may be written to it. */
final class DatabaseFile {

  /** The databases of auto-skill's tools, and so far of this library, have 0. */
  private static final int NEWEST_USER_VERSION = 0;

  /** A file that is being copied over another one does not stay empty for so long. */
  private static final long COPY_MILLIS = 2000;

  private DatabaseFile() {}

  /**
   * Makes the file and its directories if they are missing. SQLite gives the files beside the
   * database the same mode.
   *
   * @return the file; SQLite makes a database of an empty one
   * @throws StoreException if it is no file to be written, or another is being copied over it
   */
  static FileState prepare(Path file) throws IOException, StoreException {
    if (file.getParent() != null) {
      PrivateFiles.createDirectories(file.getParent());
    }
    boolean isNew = Files.notExists(file);
    try {
      PrivateFiles.createFile(file);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(file)) {
        throw new StoreException(Trouble.DATABASE_NOT_A_DATABASE, null);
      }
      if (!PrivateFiles.isOurs(file)) {
        throw new StoreException(Trouble.DATABASE_NOT_OURS, null);
      }
    }
    if (!Files.isWritable(file)) {
      // SQLite would leave files beside it that stay read-only.
      throw new StoreException(Trouble.DATABASE_READ_ONLY, null);
    }
    FileState state = FileState.of(file);
    long age = state == null ? 0 : System.currentTimeMillis() - state.modified().toMillis();
    if (state == null || (state.size() == 0 && !isNew && Math.abs(age) < COPY_MILLIS)) {
      throw new StoreException(Trouble.DATABASE_LOCKED, null);
    }
    return state;
  }

  /** {@return whether a file may be written to, and nobody else may have made it} */
  static boolean mayBeWritten(Path file) {
    return Files.isWritable(file) && PrivateFiles.isOurs(file);
  }

  /**
   * Whether another user made a file that SQLite keeps beside the database: it would write events
   * into it, or believe what is in it.
   */
  static boolean hasForeignLog(Path file) {
    for (String suffix : new String[] {"-wal", "-shm", "-journal"}) {
      Path beside = file.resolveSibling(file.getFileName() + suffix);
      try {
        Object owner = Files.getAttribute(beside, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(Files.getAttribute(file, "unix:uid"))) {
          return true;
        }
      } catch (IOException | UnsupportedOperationException e) {
        // It is not there, or nobody owns a file here.
      }
    }
    return false;
  }

  /** Takes from others the right to read or write our files, however another tool made them. */
  static void narrow(Path file) throws IOException {
    for (String suffix : new String[] {"", "-wal", "-shm"}) {
      PrivateFiles.narrow(file.resolveSibling(file.getFileName() + suffix));
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && isOfTelemetry(directory, file.getFileName().toString())) {
      PrivateFiles.narrow(directory);
    }
  }

  /** Whether a directory is auto-skill's, or has nothing in it but the database. */
  private static boolean isOfTelemetry(Path directory, String database) {
    try (Stream<Path> files = Files.list(directory)) {
      return directory.endsWith("auto-skill")
          || files.allMatch(file -> file.getFileName().toString().startsWith(database));
    } catch (IOException | UncheckedIOException e) {
      // A user who may not list the directory does not decide about its rights.
      return false;
    }
  }

  /** {@return why the database must be left alone; null: this library may write to it} */
  static @Nullable Trouble trouble(TelemetryDao dao) {
    if (dao.userVersion() > NEWEST_USER_VERSION) {
      return Trouble.DATABASE_NEWER;
    }
    String type = dao.typeOfTable();
    if (type == null) {
      return dao.hasOtherTables() ? Trouble.DATABASE_OF_OTHERS : null;
    }
    if (!type.equals("table") || !dao.hasOurShape()) {
      return Trouble.DATABASE_OTHER_SHAPE;
    }
    dao.anyId();
    return null;
  }

  /** {@return the trouble behind a failure} */
  static Trouble troubleOf(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof LinkageError
          || cause.getClass().getSimpleName().equals("NativeLibraryNotFoundException")) {
        return Trouble.DATABASE_NO_LIBRARY;
      }
      if (cause instanceof FileSystemException) {
        return Trouble.DATABASE_CANNOT_OPEN;
      }
      if (cause instanceof SQLException failed && failed.getErrorCode() != 0) {
        // The low byte is the kind of the error: sqlite.org/rescode.html
        return troubleOf(SQLiteErrorCode.getErrorCode(failed.getErrorCode() & 0xFF));
      }
    }
    return Trouble.DATABASE_OTHER;
  }

  private static Trouble troubleOf(SQLiteErrorCode code) {
    return switch (code) {
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> Trouble.DATABASE_LOCKED;
      case SQLITE_READONLY, SQLITE_PERM -> Trouble.DATABASE_READ_ONLY;
      case SQLITE_AUTH -> Trouble.DATABASE_NOT_OURS;
      case SQLITE_FULL -> Trouble.DATABASE_DISK_FULL;
      case SQLITE_CORRUPT -> Trouble.DATABASE_CORRUPT;
      case SQLITE_NOTADB -> Trouble.DATABASE_NOT_A_DATABASE;
      case SQLITE_CANTOPEN -> Trouble.DATABASE_CANNOT_OPEN;
      case SQLITE_IOERR -> Trouble.DATABASE_IO;
      case SQLITE_INTERRUPT -> Trouble.DATABASE_SLOW;
      default -> Trouble.DATABASE_OTHER;
    };
  }
}
