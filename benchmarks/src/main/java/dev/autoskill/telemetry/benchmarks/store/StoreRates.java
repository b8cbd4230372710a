package dev.autoskill.telemetry.benchmarks.store;

import dev.autoskill.telemetry.benchmarks.measuring.Folders;
import dev.autoskill.telemetry.benchmarks.measuring.InTurns;
import dev.autoskill.telemetry.benchmarks.measuring.Samples;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fills databases in several ways, each time a new one. */
final class StoreRates {

  static final String BY_HAND = "written by hand, batched JDBC";
  static final String DAO = "through the DAO";
  static final String ROLLED_UP = "through the DAO, rolled up";
  static final String END_TO_END = "recorded, queued, spooled, stored, rolled up";

  /** As the background thread takes them. */
  private static final int BATCH = 1024;

  /** So many a caller records at a time until all of them are stored. */
  private static final int RECORDED = 16 * BATCH;

  private final Path folder;
  private final List<TelemetryEvent> events;
  private double bytesAnEvent;

  /** Opens a database that is not there yet. */
  @FunctionalInterface
  private interface Opening {
    Inserting open(Path file) throws Exception;
  }

  /**
   * How it went.
   *
   * @param rate events a second
   * @param bytes what all files took up before the database was closed
   */
  private record Filled(double rate, long bytes) {}

  StoreRates(Path folder, int count) {
    this.folder = folder;
    this.events = SampleEvents.of(count);
  }

  /** In events a second. */
  Map<String, Samples> batched(int rounds) throws Exception {
    return new InTurns()
        .with(BY_HAND, () -> rate(ByHand::new, BATCH))
        .with(DAO, () -> rate(file -> new ThroughDao(file, false), BATCH))
        .with(ROLLED_UP, () -> rate(file -> new ThroughDao(file, true), BATCH))
        .with(END_TO_END, this::endToEnd)
        .run(1, rounds, Duration.ofSeconds(100));
  }

  /** The size of a database that was filled by the whole way, with all files beside it. */
  double bytesAnEvent() {
    return bytesAnEvent;
  }

  private double endToEnd() throws Exception {
    Filled filled = fill(file -> new EndToEnd(file, RECORDED), RECORDED);
    bytesAnEvent = (double) filled.bytes / events.size();
    return filled.rate;
  }

  private double rate(Opening opening, int batch) throws Exception {
    return fill(opening, batch).rate;
  }

  private Path newFile() throws IOException {
    Folders.delete(folder);
    return Files.createDirectories(folder).resolve("telemetry.db");
  }

  private Filled fill(Opening opening, int batch) throws Exception {
    List<List<TelemetryEvent>> batches = batches(batch);
    Path file = newFile();
    long bytes;
    long start = System.nanoTime();
    try (Inserting inserting = opening.open(file)) {
      for (List<TelemetryEvent> each : batches) {
        inserting.store(each);
      }
      inserting.finish();
      bytes = Folders.bytes(folder);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Folders.delete(folder);
    return new Filled(events.size() / seconds, bytes);
  }

  private List<List<TelemetryEvent>> batches(int size) {
    List<List<TelemetryEvent>> batches = new ArrayList<>();
    for (int from = 0; from < events.size(); from += size) {
      batches.add(events.subList(from, Math.min(events.size(), from + size)));
    }
    return batches;
  }
}
