package programs;

import dev.autoskill.telemetry.TelemetryCollector;
import java.time.Duration;

/** Keeps the database in use, so that a kill may come in the middle of a transaction. */
final class Storing {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Storing() {}

  static String start(TelemetryCollector telemetry) {
    Thread thread =
        new Thread(
            () -> {
              while (true) {
                telemetry.flush(PATIENCE);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return "storing";
  }
}
