package dev.autoskill.telemetry.cli.output;

/** A form of an answer. */
public enum Format {
  /** For people at a terminal. */
  TABLE,
  /** One JSON document with the rows and what is to be said of them. */
  JSON,
  /** The document that auto-skill's own command prints. */
  AUTO_SKILL,
  /** A JSON object per line. */
  JSONL,
  /** Comma-separated values. */
  CSV,
  /** A table in Markdown. */
  MD,
  /** JUnit's XML, which build servers show. */
  JUNIT
}
