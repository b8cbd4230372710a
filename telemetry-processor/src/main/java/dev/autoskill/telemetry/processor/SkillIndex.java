package dev.autoskill.telemetry.processor;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/**
 * The list of the classes that declare skills, which goes where the classes go. With it a running
 * program can tell skills that were never woven from skills that were never used.
 *
 * <p>A compilation may see a part of the sources only, so what the list says of the other classes
 * is kept as long as it holds. What did not change is not written.
 */
final class SkillIndex {

  static final String NAME = "META-INF/autoskill-telemetry/tracked-skills";

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
    IndexFile file = new IndexFile(filer);
    Set<String> listed = file.read();
    for (String name : listed) {
      if (!isWithinAny(compiledNames, name) && isStillTrue(name)) {
        skills.add(name);
      }
    }
    if (!skills.equals(listed)) {
      file.write(skills);
    }
  }

  /** What is nested in a class that is compiled now is compiled now, or is no more. */
  private static boolean isWithinAny(Set<String> compiledNames, String name) {
    for (int end = name.length(); end > 0; end = name.lastIndexOf('$', end - 1)) {
      if (compiledNames.contains(name.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  private boolean isStillTrue(String binaryName) {
    Optional<TypeElement> type = new BinaryNames(elements).find(binaryName);
    return type.map(TrackedMethods::anyIn).orElseGet(() -> isInOutput(binaryName));
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
}
