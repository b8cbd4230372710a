package dev.autoskill.telemetry.benchmarks.store;

import dev.autoskill.telemetry.benchmarks.measuring.Folders;
import dev.autoskill.telemetry.benchmarks.measuring.InTurns;
import dev.autoskill.telemetry.benchmarks.measuring.Samples;
import dev.autoskill.telemetry.event.TelemetryEvent;
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
  static final String ONE_BY_ONE = "an insert and a commit each, rollback journal";
  static final String ONE_BY_ONE_WAL = "an insert and a commit each, write-ahead log";

  /** As the background thread takes them. */
  private static final int BATCH = 1024;

  /** What a caller records at a time until all of it is stored. */
  private static final int RECORDED = 16 * BATCH;

  private final Path folder;
  private final List<TelemetryEvent> events;
  private double bytesAnEvent;

  /** Opens a database that is not there yet. */
  @FunctionalInterface
  private interface Opening {
    Inserting open(Path file) throws Exception;
  }

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
        .with(END_TO_END, () -> rate(file -> new EndToEnd(file, RECORDED), RECORDED))
        .run(1, rounds, Duration.ofSeconds(100));
  }

  /** In events a second, too. Each waits for the disk, so they should be few. */
  Map<String, Samples> oneByOne(int rounds) throws Exception {
    return new InTurns()
        .with(ONE_BY_ONE, () -> rate(file -> new OneByOne(file, "DELETE"), BATCH))
        .with(ONE_BY_ONE_WAL, () -> rate(file -> new OneByOne(file, "WAL"), BATCH))
        .run(1, rounds, Duration.ofSeconds(20));
  }

  /** What the database took up last, with all files beside it, before it was closed. */
  double bytesAnEvent() {
    return bytesAnEvent;
  }

  private double rate(Opening opening, int batch) throws Exception {
    List<List<TelemetryEvent>> batches = batches(batch);
    Folders.delete(folder);
    Path file = Files.createDirectories(folder).resolve("telemetry.db");
    long start = System.nanoTime();
    try (Inserting inserting = opening.open(file)) {
      for (List<TelemetryEvent> each : batches) {
        inserting.store(each);
      }
      inserting.finish();
      bytesAnEvent = (double) Folders.bytes(folder) / events.size();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Folders.delete(folder);
    return events.size() / seconds;
  }

  private List<List<TelemetryEvent>> batches(int size) {
    List<List<TelemetryEvent>> batches = new ArrayList<>();
    for (int from = 0; from < events.size(); from += size) {
      batches.add(events.subList(from, Math.min(events.size(), from + size)));
    }
    return batches;
  }
}
