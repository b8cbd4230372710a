package dev.autoskill.telemetry.recording;

import dev.autoskill.telemetry.privacy.Environment;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final boolean isPosix;

  /** Nobody else can change that, once it is so. */
  private volatile boolean isWaySafe;

  private CacheFolder(Path path, String user) {
    this.path = path;
    this.user = user;
    isPosix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /**
   * A folder of this user. It is made when something is written to it.
   *
   * @param environment tells where the user's cache is
   * @param name the folder's name there
   * @return the folder; null if there is no place for one
   */
  public static @Nullable CacheFolder of(Environment environment, String name) {
    Path base = base(environment);
    String user = environment.property("user.name");
    if (base == null || !base.isAbsolute() || user == null) {
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
    String system = environment.property("os.name");
    if (system != null && system.startsWith("Windows")) {
      return path(environment.get("LOCALAPPDATA"));
    }
    Path chosen = path(environment.get("XDG_CACHE_HOME"));
    if (chosen != null && chosen.isAbsolute()) {
      return chosen;
    }
    Path home = environment.home();
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

  /** {@return the folder's path, absolute} */
  public Path path() {
    return path;
  }

  /**
   * Reads a file.
   *
   * @param name the file's
   * @param most how many bytes it may have
   * @return its content; null if it is not there, has more, or if somebody else may have written it
   * @throws IOException if it cannot be read
   */
  public byte @Nullable [] read(String name, long most) throws IOException {
    Path file = path.resolve(name);
    try {
      if (!isTrusted() || !isOnlyOurs(file, false) || Files.size(file) > most) {
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
    if (!isTrusted()) {
      return;
    }
    List<Kept> all = new ArrayList<>();
    long total = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        all.add(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
        total += Files.size(file);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (NoSuchFileException e) {
      return; // another process is making room just now
    }
    all.sort(Comparator.comparing(Kept::written));
    for (int oldest = 0; total > bytesToLeave && oldest < all.size(); oldest++) {
      Files.deleteIfExists(all.get(oldest).file());
      total -= all.get(oldest).size();
    }
  }

  private record Kept(Path file, long size, FileTime written) {}

  private boolean isTrusted() {
    if (!isOnlyOurs(path.getParent(), true) || !isOnlyOurs(path, true)) {
      return false;
    }
    isWaySafe = isWaySafe || isWaySafe();
    return isWaySafe;
  }

  /** Whether nobody but the user and root can move a folder on the way here. */
  private boolean isWaySafe() {
    try {
      Object user = isPosix ? Files.getAttribute(path, "unix:uid") : null;
      for (Path above = path.getParent(); isPosix && above != null; above = above.getParent()) {
        Map<String, Object> found =
            Files.readAttributes(above, "unix:uid,mode,isDirectory", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) found.get("mode");
        boolean isOthers = !found.get("uid").equals(user) && !found.get("uid").equals(0);
        boolean isOpen = (mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0;
        if (isOthers || isOpen || !Boolean.TRUE.equals(found.get("isDirectory"))) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
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
}
