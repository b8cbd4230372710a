package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.recording.PrivateFiles;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file that a command writes, or stdout where none is named. */
final class OutputFile {

  /** Something to write. */
  @FunctionalInterface
  interface Content {

    void writeTo(Appendable out) throws IOException;
  }

  private OutputFile() {}

  /** Adds the parameter that names the file. */
  static void declare(Syntax syntax) {
    syntax.add(
        new Syntax.Parameter(
            "FILE", false, "where to, readable by the user alone; stdout unless said"));
  }

  /**
   * Writes what the data answered, and says if it may lack something.
   *
   * @return the name of the file; empty for stdout
   */
  static String write(Call call, Source source, Content content) throws IOException {
    String name = call.parameter(0);
    if (name.isEmpty()) {
      content.writeTo(call.printer().raw());
      source.check(call.printer());
    } else {
      writeFile(name, source, call.printer(), content);
    }
    return name;
  }

  /** The file appears whole or not at all. */
  private static void writeFile(String name, Source source, Printer printer, Content content) {
    try {
      Path file = Path.of(name).toAbsolutePath();
      Path written = PrivateFiles.createTempFile(file.getParent(), "skill-telemetry");
      try {
        try (Writer out = Files.newBufferedWriter(written)) {
          content.writeTo(out);
        }
        source.check(printer);
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException | InvalidPathException e) {
      throw Failure.unreadable("the file " + name + " cannot be written: " + e.getMessage());
    }
  }
}
