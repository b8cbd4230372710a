package dev.autoskill.telemetry.sqlite;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes the database's file and directories so that only the user may look into them. */
final class DatabaseFile {

  private DatabaseFile() {}

  /**
   * Makes the file, empty, and the directories above it, where they are missing. What is there
   * already is left as it is. SQLite gives its files beside the database the same mode.
   */
  static void create(Path file) throws IOException {
    boolean knowsModes = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    Path directory = file.getParent();
    if (directory != null) {
      Files.createDirectories(directory, mode(knowsModes, "rwx------"));
    }
    try {
      Files.createFile(file, mode(knowsModes, "rw-------"));
    } catch (FileAlreadyExistsException e) {
      // Another process, or an earlier one, made it.
    }
  }

  private static FileAttribute<?>[] mode(boolean known, String permissions) {
    return known
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
