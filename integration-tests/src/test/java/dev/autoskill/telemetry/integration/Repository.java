package dev.autoskill.telemetry.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of this repository. */
final class Repository {

  /** Maven runs a module's tests in the module's directory. */
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private Repository() {}

  static Path path(String name) {
    return ROOT.resolve(name);
  }

  static String text(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
