package dev.autoskill.examples.reposkills;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.util.List;

/** Uses every skill on one tree: those for a kind of file once a file, the others once. */
final class RepoSkills {

  private static final long OVERSIZED_KIB = 256;

  private final SourceTree tree;

  RepoSkills(SourceTree tree) {
    this.tree = tree;
  }

  Findings run() {
    Findings findings = new Findings();
    TreeSkills trees = new TreeSkills(tree);
    XmlSkills xml = new XmlSkills();
    MarkdownSkills markdown = new MarkdownSkills(tree);

    findings.ofTree("count-todos", () -> todosSummary(TextSkills.countTodos(tree)));
    findings.ofTree("find-oversized-files", () -> oversizedSummary(findOversizedFiles()));
    findings.ofTree("find-duplicate-files", () -> duplicatesSummary(trees.findDuplicateFiles()));
    findings.ofTree("hash-tree", () -> "SHA-256 " + trees.hashTree());
    findings.ofEach("parse-xml", tree.xmlFiles(), xml::parse, RepoSkills::elementsSummary);
    findings.ofEach(
        "summarise-headings",
        tree.markdownFiles(),
        MarkdownSkills::summariseHeadings,
        RepoSkills::headingsSummary);
    findings.ofEach(
        "find-broken-links",
        tree.markdownFiles(),
        markdown::findBrokenLinks,
        RepoSkills::brokenLinksSummary);
    return findings;
  }

  /** A skill may be private: the aspect finds it all the same. */
  @TrackedSkill("find-oversized-files")
  private List<String> findOversizedFiles() {
    return tree.files().stream()
        .filter(file -> file.size() > OVERSIZED_KIB * 1024)
        .map(SourceFile::name)
        .toList();
  }

  private static String todosSummary(TodoCount todos) {
    return "TODO and FIXME markers: " + todos.markers() + ", files with any: " + todos.files();
  }

  private static String oversizedSummary(List<String> files) {
    return withFirst("files over " + OVERSIZED_KIB + " KiB", files);
  }

  private static String duplicatesSummary(List<List<String>> groups) {
    return withFirst(
        "groups of equal files",
        groups.stream().map(names -> String.join(" = ", names.subList(0, 2))).toList());
  }

  private static String elementsSummary(List<Integer> elementsByFile) {
    return "elements: " + elementsByFile.stream().mapToLong(Integer::longValue).sum();
  }

  private static String headingsSummary(List<List<String>> headingsByFile) {
    return "headings: " + headingsByFile.stream().mapToLong(List::size).sum();
  }

  private static String brokenLinksSummary(List<List<BrokenLink>> linksByFile) {
    return withFirst(
        "broken links",
        linksByFile.stream().flatMap(List::stream).map(BrokenLink::toString).toList());
  }

  private static String withFirst(String what, List<String> found) {
    String count = what + ": " + found.size();
    return found.isEmpty() ? count : count + " (the first: " + found.get(0) + ")";
  }
}
