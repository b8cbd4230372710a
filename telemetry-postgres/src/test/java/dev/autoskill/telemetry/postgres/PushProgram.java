package dev.autoskill.telemetry.postgres;

import java.nio.file.Path;

/** Pushes the database in a directory, in a process of its own. */
final class PushProgram {

  private PushProgram() {}

  public static void main(String[] arguments) {
    new Store(Path.of(arguments[0])).push(arguments[1]);
  }
}
