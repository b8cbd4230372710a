package dev.autoskill.telemetry.recording;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes files and directories so that only the user may look into them.
 *
 * <p>If the user is root, they get the owner of the directory that they are made in: a program that
 * once runs as root in somebody's home must not lock them out of their own telemetry.
 */
public final class PrivateFiles {

  private static final Set<PosixFilePermission> OF_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private static final Set<PosixFilePermission> OF_FILE =
      PosixFilePermissions.fromString("rw-------");

  private static final int MOST_LINKS = 40;

  /** Its owner is the process's user, whom the JVM cannot name where no account has the number. */
  private static final Path PROCESS = Path.of("/proc/self");

  private PrivateFiles() {}

  /**
   * {@return the file that a path means, which need not exist: symbolic links are followed} SQLite
   * puts its log beside that file, and not beside the link.
   *
   * @param path the path
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
   * {@return the directory of the spools of a database}
   *
   * @param database the file, or a link that leads to it
   */
  public static Path spools(Path database) {
    Path target = target(database);
    return target.resolveSibling(target.getFileName() + "-spool");
  }

  /**
   * Makes a directory and those above it, where they are missing. Those that exist stay as they
   * are.
   *
   * @param directory the directory
   * @throws IOException if one cannot be made
   */
  public static void createDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path above = directory.toAbsolutePath().getParent();
    if (above != null) {
      createDirectories(above);
    }
    Files.createDirectories(directory, mode(directory, OF_DIRECTORY));
    giveToOwner(directory);
  }

  /**
   * {@return whether a file or directory is there and belongs to the user, or to nobody where the
   * file system knows no owners} What belongs to the owner of the directory that it is in belongs
   * to root, too. A link and what it leads to must both be the user's.
   *
   * @param path the file or directory
   */
  public static boolean isOurs(Path path) {
    if (!isPosix(path)) {
      return Files.exists(path);
    }
    try {
      return isOurs(Files.getOwner(path, LinkOption.NOFOLLOW_LINKS), path)
          && (!Files.isSymbolicLink(path) || isOurs(Files.getOwner(path), path.toRealPath()));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isOurs(UserPrincipal owner, Path path) throws IOException {
    if (owner.getName().equals(System.getProperty("user.name"))) {
      return true;
    }
    if (isRoot()) {
      Path directory = path.toAbsolutePath().getParent();
      return directory != null && owner.equals(Files.getOwner(directory));
    }
    return Files.exists(PROCESS) && owner.equals(Files.getOwner(PROCESS));
  }

  /**
   * Takes from others every right to a file or directory of the user's, whatever tool made it.
   * Those of other users, and those that are not there, stay as they are.
   *
   * @param path the file or directory
   * @throws IOException if its rights cannot be changed
   */
  public static void narrow(Path path) throws IOException {
    if (isPosix(path) && isOurs(path)) {
      Set<PosixFilePermission> permissions =
          Files.readAttributes(path, PosixFileAttributes.class).permissions();
      if (permissions.removeIf(permission -> !permission.name().startsWith("OWNER_"))) {
        Files.setPosixFilePermissions(path, permissions);
      }
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
    giveToOwner(file);
  }

  /**
   * {@return a new, empty file, which the JDK makes so that only the user may read it}
   *
   * @param directory where
   * @param prefix how its name begins
   * @throws IOException if it cannot be made
   */
  public static Path createTempFile(Path directory, String prefix) throws IOException {
    Path file = Files.createTempFile(directory, prefix, null);
    giveToOwner(file);
    return file;
  }

  /** Sorts files by age, the oldest first. Each is asked once, since it may change meanwhile. */
  static void sortByAge(List<File> files) {
    Map<File, Long> modified = new HashMap<>();
    files.forEach(file -> modified.put(file, file.lastModified()));
    files.sort(Comparator.comparing(modified::get));
  }

  private static FileAttribute<?>[] mode(Path path, Set<PosixFilePermission> permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Gives a new file to the owner of its directory, if this process is root's. */
  private static void giveToOwner(Path made) {
    if (!isRoot() || !isPosix(made)) {
      return;
    }
    try {
      Path directory = made.toAbsolutePath().getParent();
      UserPrincipal owner = directory == null ? null : Files.getOwner(directory);
      FileOwnerAttributeView view =
          Files.getFileAttributeView(made, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      if (owner != null && !owner.equals(view.getOwner())) {
        view.setOwner(owner);
      }
    } catch (IOException e) {
      // It stays root's, as on a file system that has no owners, or where root may not do this.
    }
  }
}
