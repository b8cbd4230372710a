package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.recording.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The spools beside a database.
 *
 * @param count how many there are
 * @param bytes how large they are together
 */
record Spools(int count, long bytes) {

  /** The spools that are there now; none if the directory cannot be read. */
  static Spools of(Path database) {
    int count = 0;
    long bytes = 0;
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(PrivateFiles.spools(database), "*.spool")) {
      for (Path file : files) {
        count++;
        bytes += Files.size(file);
      }
    } catch (IOException e) {
      // There is no directory yet, or a file went away meanwhile.
    }
    return new Spools(count, bytes);
  }
}
