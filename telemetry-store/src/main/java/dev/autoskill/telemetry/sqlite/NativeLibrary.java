package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.writer.CacheFolder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.core.NativeDB;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library, of which one copy in the user's cache serves all of the user's
 * processes.
 *
 * <p>The driver itself unpacks a copy into the temporary directory for each process, compares it
 * byte by byte, and deletes it when the process ends. A process that is killed leaves its copy
 * there, a megabyte, for ever. The driver still helps itself where there can be no common copy: in
 * a second class loader of a JVM (the JVM loads a file for one only), where the library and the
 * driver are modules of their own or parts of different class loaders, where no cache is to be
 * trusted, and where somebody has told the driver by properties what to do.
 */
final class NativeLibrary {

  private static final String FOLDER = "sqlite-1";

  /** Some ten versions. */
  private static final long CAPACITY = 16L << 20;

  private static final String PATH_PROPERTY = "org.sqlite.lib.path";
  private static final String NAME_PROPERTY = "org.sqlite.lib.name";
  private static final String TEMPORARY_PROPERTY = "org.sqlite.tmpdir";

  /** Whether it has been tried. Not by a static initialiser, of which an error takes the class. */
  private static volatile boolean isDone;

  private NativeLibrary() {}

  /** Loads it, the first time this is called. */
  static void ensure() {
    if (!isDone) {
      // The driver's own lock, in case somebody else is about to use it for the first time.
      synchronized (SQLiteJDBCLoader.class) {
        if (!isDone) {
          isDone = true;
          loadIfPossible();
        }
      }
    }
  }

  private static void loadIfPossible() {
    try {
      load(Environment.ofProcess());
    } catch (Exception | UnsatisfiedLinkError e) {
      // The driver will help itself, and say so if it cannot.
    }
  }

  private static void load(Environment environment) throws Exception {
    if (isChosen(environment) || !isBesideDriver() || isLoaded()) {
      return;
    }
    CacheFolder folder = CacheFolder.of(environment, FOLDER);
    String name = folder == null ? null : copy(folder);
    if (name != null) {
      // Not by the driver at once, which would log it if this fails.
      System.load(folder.path().resolve(name).toString());
      tellDriver(folder.path().toString(), name);
    }
  }

  private static boolean isChosen(Environment environment) {
    return environment.property(PATH_PROPERTY) != null
        || environment.property(NAME_PROPERTY) != null
        || environment.property(TEMPORARY_PROPERTY) != null;
  }

  /** A native library belongs to the class loader, and the leave to load it to the module. */
  private static boolean isBesideDriver() {
    return NativeLibrary.class.getModule() == SQLiteJDBCLoader.class.getModule();
  }

  /** Whether somebody else has used the driver already. */
  private static boolean isLoaded() throws Exception {
    try {
      new NativeDB("", "", new SQLiteConfig()).libversion();
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  /** The name of a copy that is what the driver brings along; null if there can be none. */
  private static @Nullable String copy(CacheFolder folder) throws IOException {
    byte[] library = library();
    if (library == null) {
      return null;
    }
    String name = name(library);
    if (isThere(folder, name, library)) {
      return name;
    }
    try {
      folder.makeRoom(CAPACITY - library.length);
      folder.write(name, library);
    } catch (IOException e) {
      // Another process may have written it meanwhile.
    }
    return isThere(folder, name, library) ? name : null;
  }

  private static boolean isThere(CacheFolder folder, String name, byte[] library)
      throws IOException {
    return Arrays.equals(folder.read(name, library.length), library);
  }

  /** Null if the driver knows none for this system. */
  private static byte @Nullable [] library() throws IOException {
    String resource =
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  /** Differs for versions and systems. That it is the right one is what the comparison tells. */
  private static String name(byte[] library) {
    CRC32 checksum = new CRC32();
    checksum.update(library);
    return Long.toHexString(checksum.getValue()) + "-" + LibraryLoaderUtil.getNativeLibName();
  }

  /** The driver loads once more what is loaded already, for which the JVM does nothing. */
  private static void tellDriver(String path, String name) throws Exception {
    // A literal is one object in the whole JVM, and copies of this class may come here at once.
    synchronized (PATH_PROPERTY) {
      System.setProperty(PATH_PROPERTY, path);
      System.setProperty(NAME_PROPERTY, name);
      try {
        SQLiteJDBCLoader.initialize();
      } finally {
        System.clearProperty(PATH_PROPERTY);
        System.clearProperty(NAME_PROPERTY);
      }
    }
  }
}
