package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.writer.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder of woven classes, and who may have written there.
 *
 * <p>What is in it becomes code of the user's programs, so it is used only if nobody else could
 * have put it there. On Windows, where the folder is below the user's own and inherits its
 * protection, that is not looked at.
 *
 * @param path the folder
 * @param user the name of the user, as owner of files
 * @param isPosix whether files have owners and permissions as on Unix
 */
record CacheFolder(Path path, String user, boolean isPosix) {

  private static final String PRODUCT = "autoskill-telemetry";

  /** Changes when entries of before are of no use any more. */
  private static final String VERSION = "woven-1";

  /**
   * The folder of this user.
   *
   * @return the folder; null if there is no place for one
   */
  static @Nullable CacheFolder of(Environment environment) {
    Path base = base(environment);
    String user = environment.property("user.name");
    if (base == null || !base.isAbsolute() || user == null) {
      return null;
    }
    boolean isPosix = base.getFileSystem().supportedFileAttributeViews().contains("posix");
    return new CacheFolder(base.resolve(PRODUCT).resolve(VERSION), user, isPosix);
  }

  private static @Nullable Path base(Environment environment) {
    String system = environment.property("os.name");
    if (system != null && system.startsWith("Windows")) {
      return path(environment.get("LOCALAPPDATA"));
    }
    Path chosen = path(environment.get("XDG_CACHE_HOME"));
    if (chosen != null && chosen.isAbsolute()) {
      return chosen;
    }
    Path home = path(environment.property("user.home"));
    if (home == null) {
      return null;
    }
    return system != null && system.startsWith("Mac")
        ? home.resolve("Library").resolve("Caches")
        : home.resolve(".cache");
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null || text.isEmpty() ? null : Path.of(text);
  }

  /** Whether something has been kept before. */
  boolean isThere() {
    return Files.isDirectory(path);
  }

  /** Whether the folder is there and nobody else can have written into it. */
  boolean isTrusted() {
    return isOnlyOurs(path.getParent(), true) && isOnlyOurs(path, true);
  }

  /** Whether an entry is there and nobody else can have written it. */
  boolean isTrusted(Path entry) {
    return isOnlyOurs(entry, false);
  }

  private boolean isOnlyOurs(Path file, boolean isFolder) {
    if (!isPosix) {
      return isFolder ? Files.isDirectory(file) : Files.isRegularFile(file);
    }
    try {
      PosixFileAttributes attributes =
          Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Set<PosixFilePermission> permissions = attributes.permissions();
      return (isFolder ? attributes.isDirectory() : attributes.isRegularFile())
          && attributes.owner().getName().equals(user)
          && !permissions.contains(PosixFilePermission.GROUP_WRITE)
          && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes the folder, for the user alone. One that is there already stays as it is. */
  void create() throws IOException {
    PrivateFiles.createDirectories(path);
  }

  /** Makes an empty file of a new name, for the user alone. */
  Path createFile() throws IOException {
    return PrivateFiles.createTempFile(path, "new");
  }
}
