package dev.autoskill.telemetry.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceSearchTest {

  private static final String SERVICE = "com.example.Service";
  private static final String FILE = "META-INF/services/" + SERVICE;
  private static final String PLAIN = "Manifest-Version: 1.0\r\n\r\n";
  private static final String LEADING_ON = "Manifest-Version: 1.0\r\nClass-Path: other.jar\r\n\r\n";

  @TempDir Path directory;

  @Test
  void findsItInADirectory() throws IOException {
    Path with = directory.resolve("with");
    Files.createDirectories(with.resolve(FILE).getParent());
    Files.writeString(with.resolve(FILE), "");
    Path without = Files.createDirectories(directory.resolve("without"));

    assertTrue(mayBeOn(with));
    assertFalse(mayBeOn(without));
    assertTrue(mayBeOn(without, with));
  }

  @ParameterizedTest
  @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
  void findsItInAJar(int method) throws IOException {
    assertTrue(mayBeOn(jar("with", method, PLAIN, "a/A.class", FILE, "b/B.class")));
    assertFalse(
        mayBeOn(jar("without", method, PLAIN, "a/A.class", FILE.substring(1), "b/B.class")));
    assertFalse(mayBeOn(jar("plain", method, null, "a/A.class")));
  }

  /** What the JDK would look into as well. */
  @ParameterizedTest
  @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
  void doesNotKnowWhereAManifestLeads(int method) throws IOException {
    assertTrue(mayBeOn(jar("leading", method, LEADING_ON, "a/A.class")));
  }

  /** As jars are made that a shell can run. */
  @Test
  void findsItBehindAScript() throws IOException {
    byte[] script = "#!/bin/sh\nexec java -jar $0\n".getBytes();
    for (String name : new String[] {FILE, "a/A.class"}) {
      Path jar = jar("plain", ZipEntry.DEFLATED, PLAIN, name);
      Path program = directory.resolve("program.jar");
      Files.write(program, script);
      Files.write(program, Files.readAllBytes(jar), StandardOpenOption.APPEND);

      assertEquals(name.equals(FILE), mayBeOn(program), name);
    }
  }

  @Test
  void whatIsNotThereHasNothing() {
    assertFalse(mayBeOn(directory.resolve("missing.jar"), directory.resolve("missing")));
    assertFalse(new ServiceSearch(SERVICE).mayBeOn(""));
  }

  @Test
  void doesNotKnowWhatItDoesNotUnderstand() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty.jar"));
    Path text = Files.writeString(directory.resolve("text.jar"), "x".repeat(1000));
    Path commented = directory.resolve("commented.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(commented))) {
      zip.setComment("a comment");
      zip.putNextEntry(new ZipEntry("a"));
    }

    assertTrue(mayBeOn(empty));
    assertTrue(mayBeOn(text));
    assertTrue(mayBeOn(commented));
  }

  /** Never wrong, whatever it finds, and never out of bounds or memory. */
  @Test
  void isNotDeceivedByDamage() throws IOException {
    byte[] whole = Files.readAllBytes(jar("whole", ZipEntry.DEFLATED, PLAIN, "a/A.class", FILE));
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = whole.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      if (random.nextInt(4) == 0) {
        damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
      }
      Path jar = Files.write(directory.resolve("damaged.jar"), damaged);
      if (hasService(jar.toFile())) {
        assertTrue(mayBeOn(jar), "round " + i);
      } else {
        mayBeOn(jar);
      }
    }
  }

  private static boolean hasService(File jar) {
    try (JarFile file = new JarFile(jar, false)) {
      return file.getEntry(FILE) != null;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static boolean mayBeOn(Path... places) {
    String classPath =
        String.join(File.pathSeparator, Arrays.stream(places).map(Path::toString).toList());
    return new ServiceSearch(SERVICE).mayBeOn(classPath);
  }

  private Path jar(String name, int method, String manifest, String... entries) throws IOException {
    Path jar = directory.resolve(name + ".jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      if (manifest != null) {
        add(zip, method, "META-INF/MANIFEST.MF", manifest);
      }
      for (String entry : entries) {
        add(zip, method, entry, "content");
      }
    }
    return jar;
  }

  private static void add(ZipOutputStream zip, int method, String name, String content)
      throws IOException {
    byte[] bytes = content.getBytes();
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(method);
    entry.setSize(bytes.length);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
