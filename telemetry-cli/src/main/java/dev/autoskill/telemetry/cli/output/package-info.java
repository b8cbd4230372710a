/** How answers are written: as a table, JSON, JSON Lines, CSV or Markdown. Internal. */
@NullMarked
package dev.autoskill.telemetry.cli.output;

import org.jspecify.annotations.NullMarked;
