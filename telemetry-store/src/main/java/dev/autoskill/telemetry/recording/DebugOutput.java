package dev.autoskill.telemetry.recording;

import java.util.function.Consumer;

/**
 * Prints diagnostics on stderr, where the user asked for them or mistyped an option. Nothing else
 * in the library prints.
 */
public final class DebugOutput implements Consumer<String> {

  /** Makes it; it has no state. */
  public DebugOutput() {}

  @Override
  public void accept(String line) {
    // One line per call, whatever the line contains.
    String escaped = line.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", "?");
    System.err.println("autoskill-telemetry: " + escaped);
  }
}
