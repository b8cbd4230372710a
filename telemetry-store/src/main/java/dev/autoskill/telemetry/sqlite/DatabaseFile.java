package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.writer.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Makes the database's file and directories so that only the user may look into them. */
final class DatabaseFile {

  private DatabaseFile() {}

  /**
   * What tells the file from another one that comes to stand in its place.
   *
   * @return null if there is none
   */
  static @Nullable Object identity(Path file) {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      // Systems whose files have no keys let nobody delete one that is open.
      return key == null ? file : key;
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Makes the file, empty, and the directories above it, where they are missing. What is there
   * already is left as it is. SQLite gives its files beside the database the same mode.
   */
  static void create(Path file) throws IOException {
    Path directory = file.getParent();
    if (directory != null) {
      PrivateFiles.createDirectories(directory);
    }
    try {
      PrivateFiles.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // Another process, or an earlier one, made it.
    }
  }
}
