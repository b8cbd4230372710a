package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.writer.Trouble;
import java.nio.file.FileSystemException;
import java.sql.SQLException;

/** Tells from what was thrown which trouble the database has. */
final class Troubles {

  /** SQLite's result codes (sqlite.org/rescode.html); a code's low byte is its kind. */
  private static final int PERM = 3;

  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int PROTOCOL = 15;
  private static final int AUTH = 23;
  private static final int NOTADB = 26;
  private static final int KIND = 0xFF;

  private Troubles() {}

  /** The trouble that the first of the causes tells of. */
  static Trouble of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof LinkageError) {
        return Trouble.DATABASE_NO_LIBRARY;
      }
      if (cause instanceof FileSystemException) {
        return Trouble.DATABASE_CANNOT_OPEN;
      }
      if (cause instanceof SQLException refused && refused.getErrorCode() != 0) {
        return of(refused.getErrorCode() & KIND);
      }
    }
    return isAboutTheLibrary(thrown) ? Trouble.DATABASE_NO_LIBRARY : Trouble.DATABASE_OTHER;
  }

  private static Trouble of(int code) {
    return switch (code) {
      case BUSY, LOCKED, PROTOCOL -> Trouble.DATABASE_LOCKED;
      case READONLY, PERM, AUTH -> Trouble.DATABASE_READ_ONLY;
      case FULL -> Trouble.DATABASE_DISK_FULL;
      case CORRUPT -> Trouble.DATABASE_CORRUPT;
      case NOTADB -> Trouble.DATABASE_NOT_A_DATABASE;
      case CANTOPEN -> Trouble.DATABASE_CANNOT_OPEN;
      case IOERR -> Trouble.DATABASE_IO;
      default -> Trouble.DATABASE_OTHER;
    };
  }

  /** The driver says so in no other way than by its exception's type. */
  private static boolean isAboutTheLibrary(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause.getClass().getSimpleName().equals("NativeLibraryNotFoundException")) {
        return true;
      }
    }
    return false;
  }
}
