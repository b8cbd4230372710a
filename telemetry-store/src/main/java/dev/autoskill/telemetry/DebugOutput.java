package dev.autoskill.telemetry;

import java.util.function.Consumer;

/** Prints diagnostics, where the user asked for them. Nothing else in the library prints. */
final class DebugOutput implements Consumer<String> {

  @Override
  public void accept(String line) {
    System.err.println("autoskill-telemetry: " + line);
  }
}
