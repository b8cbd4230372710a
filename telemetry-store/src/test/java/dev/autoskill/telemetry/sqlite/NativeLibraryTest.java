package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.CacheFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/** Programs in JVMs of their own, all of which end as if they were killed. */
class NativeLibraryTest {

  private static final String SILENT = "path=null name=null\n";
  private static final String REPORT = "skills: 1\n";

  /** The library, and the file by which the driver knows that a process uses it. */
  private static final int LEFT_BY_DRIVER = 2;

  @TempDir static Path before;

  @TempDir Path directory;
  private Path temporary;

  /** Makes a copy, which tests that need one begin with. */
  @BeforeAll
  static void makeCopy() throws Exception {
    assertEquals(REPORT + SILENT, run(before, List.of(), "report"));
    assertEquals(List.of(), files(temporary(before)));
  }

  @BeforeEach
  void setUp() throws IOException {
    temporary = temporary(directory);
  }

  @Test
  void isOneCopyForAllProcessesAndTheDriver() throws Exception {
    Path copy = copyOfBefore();
    Object key = fileKey(copy);
    assertArrayEquals(library(), Files.readAllBytes(copy));

    assertEquals(REPORT + "driver: true\n" + SILENT, run("report", "use the driver"));

    assertEquals(key, fileKey(onlyCopy()));
    assertEquals(0, files(temporary).size());
  }

  @Test
  void isLeftAloneIfTheDriverWasUsedBefore() throws Exception {
    // Nobody asked SLF4J to be quiet before the driver asked for a logger.
    List<String> quiet = List.of("-Dslf4j.internal.verbosity=ERROR");
    assertEquals("driver: true\n" + REPORT + SILENT, run(quiet, "use the driver", "report"));

    assertEquals(List.of(), files(folder()));
    assertEquals(LEFT_BY_DRIVER, files(temporary).size());
  }

  @Test
  void isTheDriversInASecondClassLoader() throws Exception {
    assertEquals(REPORT + REPORT + SILENT, run("report", "report of another class loader"));

    onlyCopy();
    assertEquals(LEFT_BY_DRIVER, files(temporary).size());
  }

  @Test
  void isTheDriversWhereItWasToldWhatToDo() throws Exception {
    Path own = Files.createDirectory(directory.resolve("own"));

    assertEquals(REPORT + SILENT, run(List.of("-Dorg.sqlite.tmpdir=" + own), "report"));

    assertEquals(List.of(), files(folder()));
    assertEquals(LEFT_BY_DRIVER, files(own).size());
  }

  @Test
  void isTheDriversWhereThereIsNoPlaceForACache() throws Exception {
    Files.writeString(cache(directory), "no folder");

    assertEquals(REPORT + SILENT, run("report"));

    assertEquals(LEFT_BY_DRIVER, files(temporary).size());
  }

  @Test
  void isMadeAnewIfItIsNotWhatTheDriverBringsAlong() throws Exception {
    Path copy = copyOfBefore();
    byte[] cut = Arrays.copyOf(library(), 100_000);
    byte[] changed = library();
    changed[changed.length / 2] ^= 1;

    for (byte[] damaged : List.of(cut, changed)) {
      Files.write(copy, damaged);
      assertEquals(REPORT + SILENT, run("report"));
      assertArrayEquals(library(), Files.readAllBytes(onlyCopy()));
    }
    assertEquals(0, files(temporary).size());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void isNotTakenFromWhereOthersMayWrite() throws Exception {
    Path copy = copyOfBefore();
    Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwx---"));
    Files.delete(copy);

    assertEquals(REPORT + SILENT, run("report"));

    assertEquals(List.of(), files(folder()));
    assertEquals(LEFT_BY_DRIVER, files(temporary).size());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void replacesAFileThatOthersMayWriteOrThatIsALink() throws Exception {
    Path copy = copyOfBefore();
    Object key = fileKey(copy);
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-rw----"));
    assertEquals(REPORT + SILENT, run("report"));
    assertNotEquals(key, fileKey(onlyCopy()));

    Path elsewhere = Files.move(copy, directory.resolve("elsewhere"));
    Files.createSymbolicLink(copy, elsewhere);
    assertEquals(REPORT + SILENT, run("report"));
    assertFalse(Files.isSymbolicLink(onlyCopy()));
    assertEquals(0, files(temporary).size());
  }

  @Test
  void keepsTheNewestOfManyVersions() throws Exception {
    Path copy = copyOfBefore();
    Files.delete(copy);
    for (int i = 0; i < 20; i++) {
      Files.write(folder().resolve("version-" + i), new byte[1 << 20]);
    }

    run("report");

    List<Path> left = files(folder());
    assertTrue(left.contains(copy), left.toString());
    long size = 0;
    for (Path file : left) {
      size += Files.size(file);
    }
    assertEquals(15, size >> 20, left.toString());
  }

  private String run(String... work) throws Exception {
    return run(List.of(), work);
  }

  private String run(List<String> options, String... work) throws Exception {
    return run(directory, options, work);
  }

  /** Returns what the program printed, on stderr too. */
  private static String run(Path directory, List<String> options, String... work) throws Exception {
    Path database = Files.createTempDirectory(directory, "run").resolve("telemetry.db");
    Path out = directory.resolve("out.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-XX:-UsePerfData", "-Djava.io.tmpdir=" + temporary(directory)));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(NativeLibraryProgram.class.getName(), database.toString()));
    command.addAll(List.of(work));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().clear();
    String cache = cache(directory).toString();
    builder.environment().putAll(Map.of("XDG_CACHE_HOME", cache, "LOCALAPPDATA", cache));
    Process process = builder.start();
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        throw new AssertionError("still running: " + Files.readString(out));
      }
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(out).replace("\r", "");
  }

  private static Path temporary(Path directory) throws IOException {
    return Files.createDirectories(directory.resolve("temporary"));
  }

  private static Path cache(Path directory) {
    return directory.resolve("cache");
  }

  private static Path folder(Path directory) {
    return cache(directory).resolve("autoskill-telemetry").resolve("sqlite-1");
  }

  private Path folder() {
    return folder(directory);
  }

  private Path copyOfBefore() throws IOException {
    CacheFolder folder =
        CacheFolder.of(
            Environment.of(
                Map.of("XDG_CACHE_HOME", cache(directory).toString()),
                Map.of("user.name", System.getProperty("user.name"))),
            "sqlite-1");
    Path made = onlyCopy(before);
    folder.write(made.getFileName().toString(), Files.readAllBytes(made));
    return onlyCopy();
  }

  private Path onlyCopy() throws IOException {
    return onlyCopy(directory);
  }

  private static Path onlyCopy(Path directory) throws IOException {
    List<Path> all = files(folder(directory));
    assertEquals(1, all.size(), all.toString());
    return all.get(0);
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static Object fileKey(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static byte[] library() throws IOException {
    String resource =
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    }
  }
}
