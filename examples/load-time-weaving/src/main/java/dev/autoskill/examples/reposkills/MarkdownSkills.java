package dev.autoskill.examples.reposkills;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Skills for Markdown. */
final class MarkdownSkills {

  /** A heading that starts with hashes; the other kind, underlined, is rare by now. */
  private static final Pattern HEADING =
      Pattern.compile("^ {0,3}#{1,6}[ \\t]+(\\S.*)$", Pattern.MULTILINE);

  /** {@code [text](target "title")}, also of an image; the target may hold one pair of brackets. */
  private static final Pattern INLINE_LINK =
      Pattern.compile(
          "(?<!\\\\)]\\(\\s*(?:<([^<>\\n]*)>|([^\\s()]*(?:\\([^\\s()]*\\)[^\\s()]*)?))"
              + "(?:\\s+(?:\"[^\"]*\"|'[^']*'))?\\s*\\)");

  /** {@code [label]: target}, but not a footnote. */
  private static final Pattern LINK_DEFINITION =
      Pattern.compile(
          "^ {0,3}\\[(?!\\^)[^]\\n]+]:[ \\t]*(?:<([^<>\\n]*)>|(\\S+))"
              + "(?:[ \\t]+[\"'(].*)?[ \\t]*$",
          Pattern.MULTILINE);

  private final SourceTree tree;

  MarkdownSkills(SourceTree tree) {
    this.tree = tree;
  }

  /** The headings of a file, in order. */
  @TrackedSkill("summarise-headings")
  static List<String> summariseHeadings(SourceFile file) throws IOException {
    return HEADING
        .matcher(Markdown.withoutCode(file.readText()))
        .results()
        .map(heading -> heading.group(1).strip())
        .toList();
  }

  /** The links of a file that should lead to another file or directory and lead nowhere. */
  @TrackedSkill("find-broken-links")
  List<BrokenLink> findBrokenLinks(SourceFile file) throws IOException {
    String prose = Markdown.withoutCode(file.readText());
    return Stream.of(INLINE_LINK, LINK_DEFINITION)
        .flatMap(syntax -> syntax.matcher(prose).results())
        .map(MarkdownSkills::target)
        .filter(target -> new LinkTarget(target).isBrokenIn(file, tree.root()))
        .map(target -> new BrokenLink(file.name(), target))
        .distinct()
        .toList();
  }

  private static String target(MatchResult link) {
    return link.group(1) != null ? link.group(1) : link.group(2);
  }
}
