package dev.autoskill.telemetry.cli.output;

/** The meaning of a colour. */
public enum Tone {
  /** Nothing in particular. */
  PLAIN(""),
  /** The head of a column. */
  HEAD("1"),
  /** All is well. */
  GOOD("32"),
  /** It may be wrong. */
  DOUBTFUL("33"),
  /** It is wrong. */
  BAD("31"),
  /** Less important than what is beside it. */
  FAINT("2");

  private final String code;

  Tone(String code) {
    this.code = code;
  }

  /**
   * Text in this colour.
   *
   * @param text printable text
   * @param isColoured whether colours are on
   * @return the text, within escape sequences if colours are on
   */
  public String paint(String text, boolean isColoured) {
    return isColoured && !code.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
