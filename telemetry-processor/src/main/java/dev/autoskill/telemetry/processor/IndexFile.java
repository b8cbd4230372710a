package dev.autoskill.telemetry.processor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.Filer;
import javax.tools.StandardLocation;

/**
 * Reads and writes {@value SkillIndex#NAME}: UTF-8, lines that end in a line feed. The first line
 * is {@value #HEADER}, where the number is the format's version. Each other line is the binary name
 * of a class, in rising order, each once. A line that begins with {@code #} says nothing: tools
 * that merge jars may put several such files one after the other.
 */
final class IndexFile {

  static final String HEADER = "# autoskill-telemetry tracked-skills 1";

  private final Filer filer;

  IndexFile(Filer filer) {
    this.filer = filer;
  }

  /** The names in the file; none if it is absent, unreadable or of another version. */
  Set<String> read() {
    try (InputStream in =
        filer.getResource(StandardLocation.CLASS_OUTPUT, "", SkillIndex.NAME).openInputStream()) {
      String text = new String(in.readAllBytes(), UTF_8);
      return text.startsWith(HEADER + "\n")
          ? text.lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .collect(Collectors.toCollection(TreeSet::new))
          : Set.of();
    } catch (IOException absent) {
      return Set.of();
    }
  }

  void write(Collection<String> names) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    names.forEach(name -> text.append(name).append('\n'));
    try (OutputStream out =
        filer
            .createResource(StandardLocation.CLASS_OUTPUT, "", SkillIndex.NAME)
            .openOutputStream()) {
      out.write(text.toString().getBytes(UTF_8));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
