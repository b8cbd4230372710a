package dev.autoskill.telemetry.cli.output;

/**
 * A cell of a table.
 *
 * @param text what it says, made printable
 * @param tone how it is coloured where colours are on
 */
public record Cell(String text, Tone tone) {

  /** Makes the text printable. */
  public Cell {
    text = Printable.of(text);
  }

  /**
   * A cell without a colour.
   *
   * @param text what it says
   * @return the cell
   */
  public static Cell of(String text) {
    return new Cell(text, Tone.PLAIN);
  }
}
