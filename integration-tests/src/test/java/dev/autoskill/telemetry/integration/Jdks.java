package dev.autoskill.telemetry.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;

/** The JDKs of this machine on which programs can be tried. */
public final class Jdks {

  /** That which runs the tests. */
  public static final Path OWN = Path.of(System.getProperty("java.home"));

  private static final Path USUAL_PLACE = Path.of("/usr/lib/jvm");
  private static final int OLDEST = 17;

  private Jdks() {}

  /** The oldest that the library supports and the newest found; one if they are the same. */
  static Collection<Path> oldestAndNewest() {
    TreeMap<Integer, Path> homes = new TreeMap<>();
    for (Path home : homes()) {
      int version = version(home);
      if (version >= OLDEST) {
        homes.putIfAbsent(version, home);
      }
    }
    homes.put(version(OWN), OWN);
    return List.of(homes.firstEntry().getValue(), homes.lastEntry().getValue()).stream()
        .distinct()
        .toList();
  }

  /** The feature version, as 17; 0 if there is no JDK. */
  public static int version(Path home) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin").resolve("javac")) || !Files.exists(release)) {
      return 0;
    }
    try (var text = Files.newBufferedReader(release)) {
      Properties properties = new Properties();
      properties.load(text);
      String version = properties.getProperty("JAVA_VERSION").replace("\"", "");
      return Runtime.Version.parse(version).feature();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      // As Java 8 wrote it.
      return 0;
    }
  }

  private static List<Path> homes() {
    List<Path> homes = new ArrayList<>();
    if (Files.isDirectory(USUAL_PLACE)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(USUAL_PLACE)) {
        for (Path home : found) {
          homes.add(home.toRealPath());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return homes;
  }
}
