package dev.autoskill.telemetry.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.event.TelemetryStats;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What many dead processes left is stored together. */
class AdoptionTest {

  private static final int SPOOLS = 500;

  @TempDir Path directory;

  private final NotingStore store = new NotingStore();

  @Test
  void takesManySmallSpoolsToTheStoreAtOnce() throws IOException {
    write(SPOOLS, 1);
    Recorder recorder = recorder();

    assertTrue(recorder.flush(Duration.ofMinutes(1)));

    assertEquals(new TelemetryStats(SPOOLS, SPOOLS, 0, 0, 0, 0, 0, 0), recorder.stats());
    assertEquals(SPOOLS, store.ids.size());
    assertTrue(store.sizes.size() < 20, store.sizes.toString());
    assertEquals(0, spools());
    recorder.close(Duration.ofMinutes(1));
  }

  @Test
  void takesSpoolsOfAnySizeInPiecesOfBoundedSize() throws IOException {
    write(3, 2500);
    Recorder recorder = recorder();

    assertTrue(recorder.flush(Duration.ofMinutes(1)));

    assertEquals(3 * 2500, store.ids.size());
    assertTrue(store.sizes.stream().allMatch(size -> size <= 1024), store.sizes.toString());
    assertEquals(0, spools());
    recorder.close(Duration.ofMinutes(1));
  }

  @Test
  void leavesTheSpoolsUntilTheirEventsAreStored() throws IOException {
    write(SPOOLS, 1);
    store.failures = 3;
    Recorder recorder = recorder();

    assertTrue(recorder.flush(Duration.ofMinutes(1)));

    assertEquals(List.of((long) SPOOLS, (long) SPOOLS, (long) SPOOLS), store.spoolsAtFailures);
    assertEquals(SPOOLS, store.ids.size());
    assertEquals(SPOOLS, recorder.stats().stored());
    assertEquals(0, spools());
    recorder.close(Duration.ofMinutes(1));
  }

  private void write(int spools, int uses) throws IOException {
    for (int i = 0; i < spools; i++) {
      byte[] bytes = SpoolFiles.bytes(new IdSeed(i, i), SpoolFiles.uses(uses));
      SpoolFiles.write(directory, i, bytes);
    }
  }

  private long spools() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }

  private Recorder recorder() {
    RandomBits random = new RandomBits();
    TimeSource time = TimeSource.system();
    PrivacyGuard guard = PrivacyGuard.ofProcess(Environment.of(Map.of()));
    EventFactory events = new EventFactory(time, random, "s", "a", guard);
    Recorder.Options options =
        new Recorder.Options(1000, directory, 1 << 26, Duration.ofSeconds(1));
    return Recorder.queueing(options, events, null, () -> store, random, time, new Faults(null));
  }

  /** Remembers what it was given, and how much at once. */
  private final class NotingStore implements EventStore {

    final Set<String> ids = new HashSet<>();
    final List<Integer> sizes = new ArrayList<>();
    final List<Long> spoolsAtFailures = new ArrayList<>();
    int failures;

    @Override
    public Stored store(List<TelemetryEvent> events) throws StoreException {
      if (failures > 0) {
        failures--;
        try {
          spoolsAtFailures.add(spools());
        } catch (IOException e) {
          throw new AssertionError(e);
        }
        throw new StoreException(Trouble.DATABASE_LOCKED);
      }
      sizes.add(events.size());
      int before = ids.size();
      events.forEach(event -> ids.add(event.id()));
      return new Stored(ids.size() - before, 0);
    }

    @Override
    public boolean maintain() {
      return false;
    }

    @Override
    public void close() {}
  }
}
