package dev.autoskill.telemetry.sync;

import java.io.IOException;
import java.nio.file.Path;

/** Pushes the database in a directory, in a process of its own. */
public final class PushProgram {

  private PushProgram() {}

  public static Process start(Store store, String address) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            PushProgram.class.getName(),
            store.file.getParent().toString(),
            address)
        .inheritIO()
        .start();
  }

  public static void main(String[] arguments) {
    new Store(Path.of(arguments[0])).push(arguments[1]);
  }
}
