package dev.autoskill.telemetry.recording;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.OptOut;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A folder in the user's cache, for files of which all of the user's processes can share one copy.
 *
 * <p>Its files become code of the user's programs, so they are used only if nobody else could have
 * put them there, or could put another folder in the place of one of those above. So a path that
 * was checked stays the path to the same file. On Windows, where the folder is below the user's own
 * and inherits its protection, that is not checked.
 *
 * <p>Any number of processes may use it at once: a file appears whole or not at all, or may be gone
 * at any time. Safe for use by any number of threads.
 */
public final class CacheFolder {

  private static final String PRODUCT = "autoskill-telemetry";

  private static final int STICKY = 01000;
  private static final int WRITABLE_BY_OTHERS = 022;

  private final Path path;
  private final String user;

  private CacheFolder(Path path, String user) {
    this.path = path;
    this.user = user;
  }

  /**
   * {@return a folder of this user, made when something is written to it; null if there is no place
   * for one, or if tests run}
   *
   * @param environment tells where the user's cache is
   * @param name the folder's name there
   */
  public static @Nullable CacheFolder of(Environment environment, String name) {
    Path base = base(environment);
    String user = environment.property("user.name");
    if (base == null || user == null || OptOut.isTestRun(environment)) {
      return null;
    }
    return new CacheFolder(withoutLinks(base).resolve(PRODUCT).resolve(name), user);
  }

  /** Others might let a link lead elsewhere between two looks. */
  private static Path withoutLinks(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      Path parent = path.getParent();
      return parent == null ? path : withoutLinks(parent).resolve(path.getFileName());
    }
  }

  private static @Nullable Path base(Environment environment) {
    String system = String.valueOf(environment.property("os.name"));
    if (system.startsWith("Windows")) {
      return Environment.absolutePath(environment.get("LOCALAPPDATA"));
    }
    Path chosen = Environment.absolutePath(environment.get("XDG_CACHE_HOME"));
    Path home = environment.home();
    if (chosen != null || home == null) {
      return chosen;
    }
    return home.resolve(system.startsWith("Mac") ? "Library/Caches" : ".cache");
  }

  /** {@return the folder's path, absolute} */
  public Path path() {
    return path;
  }

  /**
   * {@return a file's content; null if it is not there, is longer, or if somebody else may have
   * written it}
   *
   * @param name the file's
   * @param most how many bytes it may have
   * @throws IOException if it cannot be read
   */
  public byte @Nullable [] read(String name, long most) throws IOException {
    Path file = path.resolve(name);
    try {
      if (!isTrusted() || !isSafe(file, "isRegularFile", false) || Files.size(file) > most) {
        return null;
      }
      // A plain stream takes fewer classes than a channel, which "Files" would open.
      try (InputStream in = new FileInputStream(file.toFile())) {
        return in.readAllBytes();
      }
    } catch (FileNotFoundException | NoSuchFileException e) {
      return null; // it may not be read, or another process has just made room
    }
  }

  /**
   * Writes a file, for the user alone, in place of one that has its name; not if somebody else may
   * have written into the folder.
   *
   * @param name the file's
   * @param content its content
   * @throws IOException if it cannot be written
   */
  public void write(String name, byte[] content) throws IOException {
    // A folder that is there already stays as it is.
    PrivateFiles.createDirectories(path);
    if (!isTrusted()) {
      return;
    }
    Path written = PrivateFiles.createTempFile(path, "new");
    try {
      Files.write(written, content);
      Files.move(written, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  /**
   * Deletes the files that were written first, until the others take up no more than some bytes.
   *
   * @param bytesToLeave how many
   * @throws IOException if one cannot be deleted
   */
  public void makeRoom(long bytesToLeave) throws IOException {
    File[] found = isTrusted() ? path.toFile().listFiles() : null;
    List<File> files = Arrays.asList(found == null ? new File[0] : found);
    PrivateFiles.sortByAge(files);
    long bytes = files.stream().mapToLong(File::length).sum();
    for (int oldest = 0; bytes > bytesToLeave && oldest < files.size(); oldest++) {
      bytes -= files.get(oldest).length();
      Files.deleteIfExists(files.get(oldest).toPath());
    }
  }

  private boolean isTrusted() {
    Path above = path.getParent();
    return isWaySafe(above.getParent())
        && isSafe(above, "isDirectory", false)
        && isSafe(path, "isDirectory", false);
  }

  /** Whether nobody but the user and root can move a folder on the way here. */
  private boolean isWaySafe(@Nullable Path folder) {
    return folder == null || (isSafe(folder, "isDirectory", true) && isWaySafe(folder.getParent()));
  }

  /** Whether only the user can write to it or, on the way, root or nobody move what is in it. */
  private boolean isSafe(Path file, String type, boolean isOnTheWay) {
    if (!PrivateFiles.isPosix(file)) {
      return true;
    }
    try {
      Map<String, Object> found =
          Files.readAttributes(file, "unix:owner,uid,mode," + type, LinkOption.NOFOLLOW_LINKS);
      int mode = (Integer) found.get("mode");
      boolean isUsers = ((UserPrincipal) found.get("owner")).getName().equals(user);
      boolean isRoots = found.get("uid").equals(0);
      return Boolean.TRUE.equals(found.get(type))
          && (isUsers || (isOnTheWay && isRoots))
          && ((mode & WRITABLE_BY_OTHERS) == 0 || (isOnTheWay && (mode & STICKY) != 0));
    } catch (IOException e) {
      return false;
    }
  }
}
