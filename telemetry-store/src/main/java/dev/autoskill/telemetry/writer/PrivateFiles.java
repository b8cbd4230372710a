package dev.autoskill.telemetry.writer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Makes files and directories so that only the user may look into them.
 *
 * <p>Permissions are constants: to read them from a text, the JDK asks the enum by reflection for
 * all there are, which a short process has no time for.
 */
public final class PrivateFiles {

  private static final Set<PosixFilePermission> OF_DIRECTORY =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private static final Set<PosixFilePermission> OF_FILE =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private static final int MOST_LINKS = 40;

  private PrivateFiles() {}

  /**
   * The file that a path means, which need not exist: symbolic links are followed. SQLite puts its
   * log beside that file, and not beside the link.
   *
   * @param path the path
   * @return the file
   */
  public static Path target(Path path) {
    Path target = path;
    try {
      for (int links = 0; links < MOST_LINKS && Files.isSymbolicLink(target); links++) {
        target = target.resolveSibling(Files.readSymbolicLink(target));
      }
      return target;
    } catch (IOException e) {
      return path;
    }
  }

  /**
   * Makes a directory and those above it, where they are missing. What is there stays as it is.
   *
   * @param directory the directory
   * @throws IOException if one cannot be made
   */
  public static void createDirectories(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, mode(directory, OF_DIRECTORY));
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
    Files.createFile(file, mode(file, OF_FILE));
  }

  /**
   * Makes an empty file of a new name.
   *
   * @param directory where
   * @param prefix how its name begins
   * @return the file
   * @throws IOException if it cannot be made
   */
  public static Path createTempFile(Path directory, String prefix) throws IOException {
    return Files.createTempFile(directory, prefix, null, mode(directory, OF_FILE));
  }

  /** Loads what it takes to say who may look. */
  static void prepare() {
    mode(Path.of(""), OF_FILE);
  }

  private static FileAttribute<?>[] mode(Path path, Set<PosixFilePermission> permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }
}
