package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.writer.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
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

  /** The identities of the files that SQLite keeps beside the database while it is open. */
  static Map<Path, Object> beside(Path file) {
    Map<Path, Object> identities = new HashMap<>();
    for (String suffix : new String[] {"-wal", "-shm"}) {
      Path path = file.resolveSibling(file.getFileName() + suffix);
      Object identity = identity(path);
      if (identity != null) {
        identities.put(path, identity);
      }
    }
    return identities;
  }

  /**
   * Deletes those that nobody replaced. They belong to a database that stands there no longer:
   * SQLite would take the log for that of the database that does now, and damage it.
   */
  static void deleteIfStill(Map<Path, Object> files) throws IOException {
    for (Map.Entry<Path, Object> file : files.entrySet()) {
      if (file.getValue().equals(identity(file.getKey()))) {
        Files.deleteIfExists(file.getKey());
      }
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
