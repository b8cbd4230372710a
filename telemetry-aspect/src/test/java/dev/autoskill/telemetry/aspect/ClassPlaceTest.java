package dev.autoskill.telemetry.aspect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPlaceTest {

  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir Path directory;

  @Test
  void readsFromADirectory() throws IOException {
    Path place = Files.createDirectories(directory.resolve("with space & ümlaut"));
    Files.createDirectories(place.resolve("a"));
    Files.write(place.resolve("a/B.class"), CONTENT);

    try (ClassPlace found = ClassPlace.of(domain(place.toUri().toURL()))) {
      assertArrayEquals(CONTENT, found.read("a/B.class"));
      assertNull(found.read("a/C.class"));
      assertNull(found.read("a"));
    }
  }

  @Test
  void readsFromAJar() throws IOException {
    Path jar = directory.resolve("with space.jar");
    write(jar, "a/B.class", CONTENT);

    try (ClassPlace found = ClassPlace.of(domain(jar.toUri().toURL()))) {
      assertArrayEquals(CONTENT, found.read("a/B.class"));
      assertNull(found.read("a/C.class"));
    }
  }

  /** As the class loader does. */
  @Test
  void readsTheVersionForThisRuntime() throws IOException {
    Path jar = directory.resolve("versions.jar");
    write(jar, "META-INF/versions/11/a/B.class", CONTENT);

    try (ClassPlace found = ClassPlace.of(domain(jar.toUri().toURL()))) {
      assertArrayEquals(CONTENT, found.read("a/B.class"));
    }
  }

  @Test
  void knowsNoPlaceThatIsNoFile() throws IOException {
    assertNull(ClassPlace.of(domain(null)));
    assertNull(ClassPlace.of(domain(new URL("http://localhost/classes.jar"))));
    assertNull(ClassPlace.of(String.class.getProtectionDomain()));
    assertNotNull(ClassPlace.of(ClassPlaceTest.class.getProtectionDomain()));
  }

  @Test
  void saysThatAPlaceCannotBeOpened() throws IOException {
    URL missing = directory.resolve("missing.jar").toUri().toURL();

    assertThrows(IOException.class, () -> ClassPlace.of(domain(missing)));
    assertThrows(IOException.class, () -> ClassPlace.of(domain(new URL("file:a b#c"))));
  }

  private static ProtectionDomain domain(URL location) {
    return new ProtectionDomain(new CodeSource(location, (Certificate[]) null), null);
  }

  private static void write(Path jar, String name, byte[] content) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new ZipEntry(name));
      out.write(content);
    }
  }
}
