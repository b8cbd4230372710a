package dev.autoskill.telemetry.agent;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent understands of an {@code aop.xml}: which of this library's aspects it lists, and
 * what it excludes. That is all an {@code aop.xml} needs that only switches aspects of ours on.
 *
 * <p>An XML parser, or even regular expressions, would take longer to load than all else that the
 * agent does at a start.
 */
final class AopXml {

  private final String text;
  private final List<String> aspects = new ArrayList<>();
  private int position;

  private AopXml(String text) {
    this.text = text;
  }

  /**
   * The aspects that a file lists.
   *
   * @return their names; null if the file says anything but which aspects of ours to weave, and
   *     where not to
   */
  static @Nullable List<String> aspectsOfOurs(byte[] file) {
    AopXml xml = new AopXml(new String(file, StandardCharsets.UTF_8));
    return xml.isUnderstood() ? xml.aspects : null;
  }

  private boolean isUnderstood() {
    skipSpace();
    while (position < text.length()) {
      if (!skip("<!--", "-->") && !skip("<?", "?>") && !skipDoctype() && !skipTag()) {
        return false;
      }
      skipSpace();
    }
    return true;
  }

  private void skipSpace() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private boolean skip(String start, String end) {
    if (!text.startsWith(start, position)) {
      return false;
    }
    int found = text.indexOf(end, position + start.length());
    position = found < 0 ? position : found + end.length();
    return found >= 0;
  }

  /** One with declarations of its own is not understood. */
  private boolean skipDoctype() {
    int end = text.indexOf('>', position);
    return end > 0 && text.lastIndexOf('[', end) < position && skip("<!DOCTYPE", ">");
  }

  /** Goes past a tag, if it is one of those that are understood, with just its one attribute. */
  private boolean skipTag() {
    int end = text.indexOf('>', position);
    if (end < 0 || text.charAt(position) != '<') {
      return false;
    }
    boolean isEmpty = text.charAt(end - 1) == '/';
    String content = text.substring(position + 1, isEmpty ? end - 1 : end).strip();
    position = end + 1;
    switch (content) {
      case "aspectj", "/aspectj", "aspects", "/aspects", "weaver", "/weaver", "/aspect", "/exclude":
        return true;
      default:
        String aspect = attribute(content, "aspect", "name");
        if (aspect != null) {
          aspects.add(aspect);
          return aspect.startsWith(Tracked.ASPECTS);
        }
        return attribute(content, "exclude", "within") != null;
    }
  }

  /** The value of a tag's only attribute; null if the tag is another, or has others. */
  private static @Nullable String attribute(String content, String tag, String attribute) {
    int equals = content.indexOf('=');
    if (equals < 0
        || !content.startsWith(tag)
        || !Character.isWhitespace(content.charAt(tag.length()))
        || !content.substring(tag.length(), equals).strip().equals(attribute)) {
      return null;
    }
    String quoted = content.substring(equals + 1).strip();
    int last = quoted.length() - 1;
    boolean isQuoted = last > 0 && "\"'".indexOf(quoted.charAt(0)) >= 0;
    if (!isQuoted || quoted.indexOf(quoted.charAt(0), 1) != last || quoted.indexOf('&') >= 0) {
      return null;
    }
    return quoted.substring(1, last);
  }
}
