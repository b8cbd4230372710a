package dev.autoskill.telemetry.cli.output;

/** Text within documents that have a meaning for some characters. */
public final class Markup {

  private static final String MARKDOWN = "\\`*_[]|~#@";

  private Markup() {}

  /**
   * Text that cannot end a cell of GitHub's Markdown, begin HTML, or be taken for markup.
   *
   * @param text the text
   * @return the same, escaped
   */
  public static String markdown(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : entities(Printable.of(text)).toCharArray()) {
      escaped.append(MARKDOWN.indexOf(c) >= 0 ? "\\" : "").append(c);
    }
    return escaped.toString();
  }

  /**
   * Text for an attribute or an element of XML.
   *
   * @param text the text
   * @return the same, escaped
   */
  public static String xml(String text) {
    return entities(Printable.of(text))
        .replace("\"", "&quot;")
        .replace("'", "&apos;")
        .replaceAll("[\uFFFE\uFFFF]", "\uFFFD");
  }

  private static String entities(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
