package dev.autoskill.telemetry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares output with a file; {@code -Dgolden=write} writes the files anew, to be read by a
 * person.
 */
final class Golden {

  private static final Path FILES = Path.of("src", "test", "resources", "golden");

  private Golden() {}

  static void check(String name, String output) throws IOException {
    Path file = FILES.resolve(name);
    if ("write".equals(System.getenv("GOLDEN"))) {
      Files.writeString(file, output);
    }
    assertEquals(Files.readString(file), output);
  }
}
