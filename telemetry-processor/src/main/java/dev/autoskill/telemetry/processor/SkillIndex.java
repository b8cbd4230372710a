package dev.autoskill.telemetry.processor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/**
 * The list of the classes that declare skills, which goes where the classes go. With it a running
 * program can tell skills that were never woven from skills that were never used.
 *
 * <p>A compilation may see a part of the sources only, so the entries of other classes stay as long
 * as they hold. An unchanged list is not written.
 *
 * <p>The file is UTF-8, and its lines end in a line feed. The first line is {@value #HEADER}, where
 * the number is the format's version. Each other line is the binary name of a class, in rising
 * order, each once. A line that begins with {@code #} says nothing: tools that merge jars may put
 * several such files one after the other.
 */
final class SkillIndex {

  static final String NAME = "META-INF/autoskill-telemetry/tracked-skills";

  static final String HEADER = "# autoskill-telemetry tracked-skills 1";

  private final Elements elements;
  private final Filer filer;

  SkillIndex(ProcessingEnvironment environment) {
    this.elements = environment.getElementUtils();
    this.filer = environment.getFiler();
  }

  /** Brings the list up to date with types that are compiled now. */
  void update(Collection<TypeElement> compiled) {
    Set<String> compiledNames = new HashSet<>();
    Set<String> skills = new TreeSet<>();
    for (TypeElement type : compiled) {
      String name = elements.getBinaryName(type).toString();
      compiledNames.add(name);
      if (TrackedMethods.anyIn(type)) {
        skills.add(name);
      }
    }
    Set<String> listed = read();
    for (String name : listed) {
      if (!isWithinAny(compiledNames, name) && isStillTrue(name)) {
        skills.add(name);
      }
    }
    if (!skills.equals(listed)) {
      write(skills);
    }
  }

  /** A class nested in one that is compiled now is compiled now, too, or is no more. */
  private static boolean isWithinAny(Set<String> compiledNames, String name) {
    for (int end = name.length(); end > 0; end = name.lastIndexOf('$', end - 1)) {
      if (compiledNames.contains(name.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  /** A type that has a dollar sign in its name is not found, but its class file is there. */
  private boolean isStillTrue(String binaryName) {
    TypeElement type = elements.getTypeElement(binaryName.replace('$', '.'));
    return type == null ? isInOutput(binaryName) : TrackedMethods.anyIn(type);
  }

  /** The compiler need not have its own output on the class path. */
  private boolean isInOutput(String binaryName) {
    String path = binaryName.replace('.', '/') + ".class";
    try {
      filer.getResource(StandardLocation.CLASS_OUTPUT, "", path).openInputStream().close();
      return true;
    } catch (IOException isNot) {
      return false;
    }
  }

  /** The names in the file; none if it is absent, unreadable or of another version. */
  private Set<String> read() {
    try (InputStream in =
        filer.getResource(StandardLocation.CLASS_OUTPUT, "", NAME).openInputStream()) {
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

  private void write(Collection<String> names) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    names.forEach(name -> text.append(name).append('\n'));
    try (OutputStream out =
        filer.createResource(StandardLocation.CLASS_OUTPUT, "", NAME).openOutputStream()) {
      out.write(text.toString().getBytes(UTF_8));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
