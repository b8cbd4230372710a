package dev.autoskill.telemetry;

/** Makes safe what a collector recorded, when the process ends. */
final class ExitHook implements Runnable {

  private final TelemetryCollector collector;

  ExitHook(TelemetryCollector collector) {
    this.collector = collector;
  }

  @Override
  public void run() {
    collector.exit();
  }
}
