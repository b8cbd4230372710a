package dev.autoskill.examples.reposkills;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Markdown text without its code, which may look like headings and links but is neither. */
final class Markdown {

  private static final Pattern FENCE = Pattern.compile("^[\\s>]*(`{3,}|~{3,})(.*)$");

  /** As many backticks at the end as at the start. */
  private static final Pattern INLINE_CODE =
      Pattern.compile("(?<!`)(`++).*?(?<!`)\\1(?!`)", Pattern.DOTALL);

  private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
  private static final Pattern PARAGRAPH_END = Pattern.compile("\\n\\s*\\n");

  private Markdown() {}

  static String withoutCode(String markdown) {
    StringBuilder prose = new StringBuilder();
    for (String paragraph : PARAGRAPH_END.split(withoutFencedCode(markdown))) {
      prose.append(INLINE_CODE.matcher(paragraph).replaceAll("")).append("\n\n");
    }
    return COMMENT.matcher(prose).replaceAll("");
  }

  private static String withoutFencedCode(String markdown) {
    StringBuilder prose = new StringBuilder();
    String openFence = null;
    for (String line : markdown.lines().toList()) {
      Matcher fence = FENCE.matcher(line);
      if (openFence != null) {
        openFence = fence.matches() && closes(openFence, fence) ? null : openFence;
      } else if (fence.matches() && opens(fence)) {
        openFence = fence.group(1);
        prose.append('\n');
      } else {
        prose.append(line).append('\n');
      }
    }
    return prose.toString();
  }

  /** A line such as {@code ```code```} is inline code. */
  private static boolean opens(Matcher fence) {
    return fence.group(1).startsWith("~") || fence.group(2).indexOf('`') < 0;
  }

  private static boolean closes(String openFence, Matcher fence) {
    return fence.group(1).startsWith(openFence) && fence.group(2).isBlank();
  }
}
