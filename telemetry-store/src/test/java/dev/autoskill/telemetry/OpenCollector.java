package dev.autoskill.telemetry;

import java.nio.file.Path;

/** For tests in other packages: opens collectors as {@link TestTelemetry} does. */
public final class OpenCollector {

  private OpenCollector() {}

  /** A collector that does not see the environment of the machine the tests run on. */
  public static TelemetryCollector on(Path database) {
    return TestTelemetry.open(database);
  }
}
