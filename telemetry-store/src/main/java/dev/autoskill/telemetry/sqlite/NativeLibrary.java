package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.CacheFolder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.core.NativeDB;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library: one copy in the user's cache serves all of the user's processes. The
 * driver alone unpacks a megabyte per process into the temporary directory, and a process that is
 * killed leaves it there.
 *
 * <p>The driver still helps itself in a second class loader of a JVM, which loads a file for one
 * only; where library and driver are not in one module; where no cache is to be trusted; and where
 * properties tell the driver what to do. Internal: nothing here is promised to stay.
 */
public final class NativeLibrary {

  /** Some ten versions. */
  private static final long CAPACITY_BYTES = 16L << 20;

  private static final String PATH_PROPERTY = "org.sqlite.lib.path";
  private static final String NAME_PROPERTY = "org.sqlite.lib.name";

  private static boolean isDone;

  private NativeLibrary() {}

  /** Loads it, the first time this is called. */
  public static void ensure() {
    // The driver's own lock, in case others are about to use it for the first time.
    synchronized (SQLiteJDBCLoader.class) {
      if (!isDone) {
        isDone = true;
        try {
          load(Environment.ofProcess());
        } catch (Exception | UnsatisfiedLinkError e) {
          // The driver will help itself, and say so if it cannot.
        }
      }
    }
  }

  private static void load(Environment environment) throws Exception {
    CacheFolder folder = CacheFolder.of(environment, "sqlite-1");
    if (folder == null
        || environment.property(PATH_PROPERTY) != null
        || environment.property(NAME_PROPERTY) != null
        || environment.property("org.sqlite.tmpdir") != null
        || NativeLibrary.class.getModule() != SQLiteJDBCLoader.class.getModule()
        || isLoaded()) {
      return;
    }
    byte[] library;
    String file = LibraryLoaderUtil.getNativeLibName();
    try (InputStream in =
        SQLiteJDBCLoader.class.getResourceAsStream(
            LibraryLoaderUtil.getNativeLibResourcePath() + "/" + file)) {
      if (in == null) {
        return;
      }
      library = in.readAllBytes();
    }
    CRC32 checksum = new CRC32();
    checksum.update(library);
    String name = Long.toHexString(checksum.getValue()) + "-" + file;
    if (!Arrays.equals(folder.read(name, library.length), library)) {
      try {
        folder.makeRoom(CAPACITY_BYTES - library.length);
        folder.write(name, library);
      } catch (IOException e) {
        // Another process may have written it meanwhile.
      }
      if (!Arrays.equals(folder.read(name, library.length), library)) {
        return;
      }
    }
    // Not by the driver at once, which would log it if this fails.
    System.load(folder.path().resolve(name).toString());
    // A literal is one object in the whole JVM, and copies of this class may come here at once.
    synchronized (PATH_PROPERTY) {
      System.setProperty(PATH_PROPERTY, folder.path().toString());
      System.setProperty(NAME_PROPERTY, name);
      try {
        // Loads again what is loaded already, for which the JVM does nothing.
        SQLiteJDBCLoader.initialize();
      } finally {
        System.clearProperty(PATH_PROPERTY);
        System.clearProperty(NAME_PROPERTY);
      }
    }
  }

  /** Whether others have used the driver already. */
  private static boolean isLoaded() throws Exception {
    try {
      new NativeDB("", "", new SQLiteConfig()).libversion();
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }
}
