package dev.autoskill.telemetry.recording;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;

/** A trouble that keeps events from the spool or the database, in plain words without names. */
public enum Trouble {
  /** The process has as many threads as it may, or no memory for one more. */
  NO_THREAD("the process cannot start a thread"),
  /** Another program holds the database's write lock. */
  DATABASE_LOCKED("the database is locked by another program"),
  /** The database, or the directory it is in, may not be written. */
  DATABASE_READ_ONLY("the database or its directory is read-only"),
  /** There is no space for the database to grow. */
  DATABASE_DISK_FULL("the disk that holds the database is full"),
  /** The database is damaged. */
  DATABASE_CORRUPT("the database is damaged"),
  /** The file is of another kind, or cannot be read without a key. */
  DATABASE_NOT_A_DATABASE("the database's file is not a SQLite database, or it is encrypted"),
  /** Another user made the file, and may change it at any time. */
  DATABASE_NOT_OURS("the database's file belongs to another user"),
  /** The database has tables, and none for events. */
  DATABASE_OF_OTHERS(
      "the database belongs to another program: it has tables, but no skill_telemetry"),
  /** The table has not the columns that it should have. */
  DATABASE_OTHER_SHAPE("the database's table skill_telemetry has another shape"),
  /** A later version of this library made the database. */
  DATABASE_NEWER("the database was made by a newer version"),
  /** The file or its directory cannot be made or opened. */
  DATABASE_CANNOT_OPEN("the database's file or directory cannot be made or opened"),
  /** The library that sqlite-jdbc unpacks cannot be loaded. */
  DATABASE_NO_LIBRARY(
      "SQLite's native library cannot be loaded; it is unpacked into the temporary directory, which"
          + " must be writable and allow execution"),
  /** The program runs in modules, or in a runtime image, without JDBC. */
  DATABASE_NO_MODULE("the module java.sql is missing; add it by --add-modules java.sql"),
  /** The disk does not read or write. */
  DATABASE_IO("reading or writing the database fails"),
  /** A statement was ended because it ran out of time. */
  DATABASE_SLOW("a statement on the database takes too long"),
  /** Something else. */
  DATABASE_OTHER("the database does not take events"),
  /** The spools have reached their limit. */
  SPOOL_AT_LIMIT("the spool has reached its limit"),
  /** There is no space for the spool to grow. */
  SPOOL_DISK_FULL("the disk that holds the spool is full"),
  /** The spool's directory may not be written. */
  SPOOL_NOT_WRITABLE("the spool's directory is not writable"),
  /** The spool's directory is not there and cannot be made. */
  SPOOL_NO_DIRECTORY("the spool's directory cannot be made"),
  /** Another user made the directory, and may change what is in it at any time. */
  SPOOL_NOT_OURS("the spool's directory belongs to another user"),
  /** The process has as many files open as it may. */
  SPOOL_TOO_MANY_FILES("the process has too many files open"),
  /** Something else. */
  SPOOL_OTHER("the spool cannot be written");

  private static final long FULL_BELOW_BYTES = 64 * 1024;
  private static final File ALWAYS_READABLE = new File("/dev/null");

  private final String sentence;

  Trouble(String sentence) {
    this.sentence = sentence;
  }

  /** {@return a sentence that says what is the matter, without a full stop} */
  public String sentence() {
    return sentence;
  }

  /** Whether waiting does not end it. */
  boolean isLasting() {
    return this == DATABASE_READ_ONLY
        || this == DATABASE_NOT_OURS
        || this == DATABASE_OF_OTHERS
        || this == DATABASE_OTHER_SHAPE
        || this == DATABASE_NEWER;
  }

  /**
   * {@return whether a class cannot be loaded since the running JVM has no module for JDBC}
   *
   * @param fault the exception
   */
  public static boolean isModuleMissing(Throwable fault) {
    return fault instanceof LinkageError && ModuleLayer.boot().findModule("java.sql").isEmpty();
  }

  /** The trouble that may keep a spool from being written, as far as looking around tells. */
  static Trouble ofSpool(File directory) {
    if (!directory.isDirectory()) {
      return SPOOL_NO_DIRECTORY;
    }
    if (!PrivateFiles.isOurs(directory.toPath())) {
      return SPOOL_NOT_OURS;
    }
    if (!directory.canWrite()) {
      return SPOOL_NOT_WRITABLE;
    }
    if (directory.getUsableSpace() < FULL_BELOW_BYTES) {
      return SPOOL_DISK_FULL;
    }
    try {
      new FileInputStream(ALWAYS_READABLE).close();
      return SPOOL_OTHER;
    } catch (IOException e) {
      return ALWAYS_READABLE.exists() ? SPOOL_TOO_MANY_FILES : SPOOL_OTHER;
    }
  }
}
