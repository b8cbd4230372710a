package dev.autoskill.examples.reposkills;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** The findings of the skills, and the uses that failed. A use that fails stops no other. */
final class Findings {

  /** A skill for one file. */
  interface FileSkill<T> {
    T use(SourceFile file) throws Exception;
  }

  private record Finding(String skill, String text) {}

  private final List<Finding> findings = new ArrayList<>();
  private final List<FailedUse> failures = new ArrayList<>();

  /** Uses a skill once, on the tree. */
  void ofTree(String skill, Callable<String> use) {
    try {
      findings.add(new Finding(skill, use.call()));
    } catch (Exception e) {
      failures.add(FailedUse.of(skill, "the tree", e));
    }
  }

  /** Uses a skill once a file, and sums up the uses that did not fail. */
  <T> void ofEach(
      String skill, List<SourceFile> files, FileSkill<T> use, Function<List<T>, String> summary) {
    List<T> results = new ArrayList<>();
    for (SourceFile file : files) {
      try {
        results.add(use.use(file));
      } catch (Exception e) {
        failures.add(FailedUse.of(skill, file.name(), e));
      }
    }
    String scope = "files: %d of %d".formatted(results.size(), files.size());
    findings.add(new Finding(skill, scope + ", " + summary.apply(results)));
  }

  void printTo(PrintStream out, SourceTree tree) {
    out.println(
        "Skills used on %s (files: %d)"
            .formatted(OneLine.of(tree.root().toString()), tree.files().size()));
    if (tree.unreadable() > 0) {
      out.println("left out, because they cannot be read: " + tree.unreadable());
    }
    for (Finding finding : findings) {
      out.println("  %-22s%s".formatted(finding.skill(), OneLine.of(finding.text())));
    }
    if (!failures.isEmpty()) {
      out.println(failures.size() == 1 ? "1 use failed:" : failures.size() + " uses failed:");
      failures.forEach(failure -> out.println("  " + OneLine.of(failure.toString())));
    }
    out.println();
  }
}
