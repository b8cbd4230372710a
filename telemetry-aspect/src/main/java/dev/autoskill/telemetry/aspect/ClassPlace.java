package dev.autoskill.telemetry.aspect;

import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A directory or a jar that classes come from. To read a class file from there is quicker than
 * through the class loader, which looks into the JDK first and makes URLs and connections. Public
 * for the agent; internal.
 *
 * <p>Safe for use by any number of threads.
 */
public final class ClassPlace implements Closeable {

  private final File file;

  /** Null if it is a directory. */
  private final @Nullable JarFile jar;

  private ClassPlace(File file, @Nullable JarFile jar) {
    this.file = file;
    this.jar = jar;
  }

  /**
   * Where the classes of a domain come from.
   *
   * @param domain the domain
   * @return the place; null if it is no file
   * @throws IOException if it cannot be opened
   */
  public static @Nullable ClassPlace of(ProtectionDomain domain) throws IOException {
    CodeSource source = domain.getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location == null || !"file".equals(location.getProtocol())) {
      return null;
    }
    File file = file(location);
    return file.isDirectory()
        ? new ClassPlace(file, null)
        : new ClassPlace(
            file, new JarFile(file, false, ZipFile.OPEN_READ, JarFile.runtimeVersion()));
  }

  private static File file(URL location) throws IOException {
    try {
      return new File(URI.create(location.toString()));
    } catch (IllegalArgumentException e) {
      throw new IOException("no file: " + location, e);
    }
  }

  /**
   * Reads a file.
   *
   * @param name its path from here, with slashes
   * @return what is in it; null if there is none
   * @throws IOException if it cannot be read
   */
  public byte @Nullable [] read(String name) throws IOException {
    try (InputStream in = open(name)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  private @Nullable InputStream open(String name) throws IOException {
    if (jar != null) {
      ZipEntry entry = jar.getEntry(name);
      return entry == null ? null : jar.getInputStream(entry);
    }
    try {
      return new FileInputStream(new File(file, name));
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    if (jar != null) {
      jar.close();
    }
  }
}
