package dev.autoskill.telemetry.benchmarks.measuring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders in which programs left files. */
public final class Folders {

  private Folders() {}

  /**
   * Deletes a folder with all that is in it, if it is there.
   *
   * @param folder the folder
   * @throws IOException if something cannot be deleted
   */
  public static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * How many bytes the files of a folder hold.
   *
   * @param folder the folder
   * @return their sizes, added up
   * @throws IOException if it cannot be read
   */
  public static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += size(file);
      }
    }
    return bytes;
  }

  /** SQLite's files beside the database come and go. */
  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
