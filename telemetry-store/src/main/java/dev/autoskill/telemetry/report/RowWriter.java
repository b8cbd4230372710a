package dev.autoskill.telemetry.report;

import java.io.IOException;
import java.util.List;

/** Writes rows of values, each of which is a text, a number, a list of those, or null. */
interface RowWriter {

  void row(List<?> values) throws IOException;

  /** Writes what even no rows need. */
  void end() throws IOException;
}
