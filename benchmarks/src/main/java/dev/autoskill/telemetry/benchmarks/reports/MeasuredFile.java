package dev.autoskill.telemetry.benchmarks.reports;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A file of so many events that others stored, once the library has caught up with it. */
final class MeasuredFile implements AutoCloseable {

  private final long events;
  private final TelemetryCollector telemetry;
  private final TheirQueries theirs;
  private final double catchUpSeconds;
  private final long bytes;

  /** Writes the file, and asks for a first report. */
  MeasuredFile(Path file, long events) throws Exception {
    this.events = events;
    EventFile.write(file, events);
    TelemetryConfig config =
        TelemetryConfig.builder().database(file).queryTimeout(Duration.ofHours(1)).build();
    this.telemetry = TelemetryCollector.open(config);
    this.theirs = new TheirQueries(file);
    long start = System.nanoTime();
    long counted =
        telemetry.getEffectivenessReport().stream().mapToLong(each -> each.totalUses()).sum();
    this.catchUpSeconds = (System.nanoTime() - start) / 1e9;
    if (counted != events) {
      throw new IllegalStateException("%d of %d events reported".formatted(counted, events));
    }
    theirs.rows("PRAGMA wal_checkpoint(TRUNCATE)");
    this.bytes = Files.size(file);
  }

  long events() {
    return events;
  }

  TelemetryCollector telemetry() {
    return telemetry;
  }

  TheirQueries theirs() {
    return theirs;
  }

  double catchUpSeconds() {
    return catchUpSeconds;
  }

  double bytesAnEvent() {
    return (double) bytes / events;
  }

  @Override
  public void close() {
    telemetry.close();
  }
}
