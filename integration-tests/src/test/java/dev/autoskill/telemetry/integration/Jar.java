package dev.autoskill.telemetry.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/** Writes a jar. */
final class Jar implements AutoCloseable {

  private final Path file;
  private final JarOutputStream out;

  /**
   * Begins it.
   *
   * @param manifest pairs of an attribute's name and value
   */
  Jar(Path file, String... manifest) {
    this.file = file;
    Manifest written = new Manifest();
    Attributes attributes = written.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    for (int i = 0; i < manifest.length; i += 2) {
      attributes.putValue(manifest[i], manifest[i + 1]);
    }
    try {
      this.out = new JarOutputStream(Files.newOutputStream(file), written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A jar of the files of a directory. */
  static Path of(Path directory, Path file) {
    try (Jar jar = new Jar(file)) {
      jar.addFiles("", directory);
    }
    return file;
  }

  /** Adds a directory without its files. */
  void addDirectory(String name) {
    try {
      add(name, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds the files and directories below a directory. */
  void addFiles(String prefix, Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path each : files.filter(file -> !file.equals(directory)).sorted().toList()) {
        String name = prefix + directory.relativize(each).toString().replace('\\', '/');
        if (Files.isDirectory(each)) {
          addDirectory(name + "/");
        } else {
          add(name, Files.readAllBytes(each));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds the classes of another jar. */
  void addClassesOf(Path other) {
    try (JarFile jar = new JarFile(other.toFile())) {
      for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        if (entry.getName().endsWith(".class")) {
          add(entry.getName(), jar.getInputStream(entry).readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a file as it is, uncompressed, so that a jar within a jar can be read in place. */
  void addStored(String name, Path content) {
    try {
      byte[] bytes = Files.readAllBytes(content);
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      ZipEntry entry = new ZipEntry(name);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.length);
      entry.setCrc(checksum.getValue());
      add(entry, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String name, byte[] bytes) throws IOException {
    add(new ZipEntry(name), bytes);
  }

  private void add(ZipEntry entry, byte[] bytes) throws IOException {
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
