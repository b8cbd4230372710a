package dev.autoskill.telemetry.writer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes files and directories so that only the user may look into them. */
public final class PrivateFiles {

  private PrivateFiles() {}

  /**
   * Makes a directory and those above it, where they are missing. What is there stays as it is.
   *
   * @param directory the directory
   * @throws IOException if one cannot be made
   */
  public static void createDirectories(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, mode(directory, "rwx------"));
    }
  }

  /**
   * Makes an empty file.
   *
   * @param file the file
   * @throws java.nio.file.FileAlreadyExistsException if it exists
   * @throws IOException if it cannot be made
   */
  public static void createFile(Path file) throws IOException {
    Files.createFile(file, mode(file, "rw-------"));
  }

  /** Loads what it takes to say who may look. */
  static void prepare() {
    mode(Path.of(""), "rwx------");
  }

  private static FileAttribute<?>[] mode(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
