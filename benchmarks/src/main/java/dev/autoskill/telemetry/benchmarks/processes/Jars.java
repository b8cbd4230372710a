package dev.autoskill.telemetry.benchmarks.processes;

import dev.autoskill.telemetry.benchmarks.measuring.Built;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Makes the jars that programs are run from. */
final class Jars {

  private Jars() {}

  /**
   * Writes a jar.
   *
   * @param classes class files, by the names of the classes
   * @return the jar
   */
  static Path write(Path jar, Map<String, byte[]> classes) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Map.Entry<String, byte[]> type : classes.entrySet()) {
        out.putNextEntry(new ZipEntry(entry(type.getKey())));
        out.write(type.getValue());
        out.closeEntry();
      }
    }
    return jar;
  }

  /** The file of a class of these benchmarks. */
  static byte[] classFile(Class<?> type) throws IOException {
    return Files.readAllBytes(Built.classes().resolve(entry(type.getName())));
  }

  static String entry(String className) {
    return className.replace('.', '/') + ".class";
  }
}
