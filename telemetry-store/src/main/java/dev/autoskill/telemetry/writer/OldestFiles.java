package dev.autoskill.telemetry.writer;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Those files of a folder that were written first. Other processes may delete them, too. */
final class OldestFiles {

  private record Kept(Path file, long size, FileTime written) {}

  private OldestFiles() {}

  /** Deletes as many as it takes for the others to take up no more than some bytes. */
  static void delete(Path folder, long bytesToLeave) throws IOException {
    List<Kept> all = all(folder);
    long total = 0;
    for (Kept kept : all) {
      total += kept.size();
    }
    if (total > bytesToLeave) {
      all.sort(Comparator.comparing(Kept::written));
    }
    for (int oldest = 0; total > bytesToLeave; oldest++) {
      Files.deleteIfExists(all.get(oldest).file());
      total -= all.get(oldest).size();
    }
  }

  private static List<Kept> all(Path folder) throws IOException {
    List<Kept> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        all.add(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
      }
      return all;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (NoSuchFileException e) {
      return List.of(); // another process is making room just now
    }
  }
}
