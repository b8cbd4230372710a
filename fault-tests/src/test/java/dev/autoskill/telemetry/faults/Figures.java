package dev.autoskill.telemetry.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Measurements for docs/reliability.md: lines in {@code target/figures.txt}. */
final class Figures {

  private static final Path FILE = Path.of("target", "figures.txt");

  private Figures() {}

  static void note(String what, Object figures) {
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(
          FILE, what + ": " + figures + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
