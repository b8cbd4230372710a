package dev.autoskill.telemetry.report;

/** How exported events and reports are written. */
public enum ExportFormat {
  /** <a href="https://jsonlines.org">JSON Lines</a>: a JSON object a line. */
  JSON_LINES,

  /**
   * Comma-separated values after <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>,
   * with a header line. Values stand as they are stored, also those that a spreadsheet would take
   * for a formula.
   */
  CSV
}
