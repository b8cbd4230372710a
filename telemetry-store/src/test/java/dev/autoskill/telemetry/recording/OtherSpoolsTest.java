package dev.autoskill.telemetry.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.error.RecordedEvent;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryStats;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The events that many dead processes left are stored together. */
@Timeout(60)
class OtherSpoolsTest {

  private static final int SPOOLS = 500;

  @TempDir Path directory;

  private final NotingStore store = new NotingStore();

  @Test
  void takesManySmallSpoolsToTheStoreAtOnce() throws IOException {
    write(SPOOLS, 1);
    Recorder recorder = recorder();

    assertTrue(recorder.flush(TestRecorders.after(Duration.ofMinutes(1))));

    assertEquals(new TelemetryStats(0, 0, 0, 0, 0, 0, 0, 0), recorder.stats());
    assertEquals(SPOOLS, store.ids.size());
    assertTrue(store.sizes.size() < 20, store.sizes.toString());
    assertEquals(0, spools());
    recorder.close(TestRecorders.after(Duration.ofMinutes(1)));
  }

  @Test
  void takesSpoolsOfAnySizeInPiecesOfBoundedSize() throws IOException {
    write(3, 2500);
    Recorder recorder = recorder();

    assertTrue(recorder.flush(TestRecorders.after(Duration.ofMinutes(1))));

    assertEquals(3 * 2500, store.ids.size());
    assertTrue(store.sizes.stream().allMatch(size -> size <= 1024), store.sizes.toString());
    assertEquals(0, spools());
    recorder.close(TestRecorders.after(Duration.ofMinutes(1)));
  }

  @Test
  void leavesTheSpoolsUntilTheirEventsAreStored() throws IOException {
    write(SPOOLS, 1);
    store.failures = 3;
    Recorder recorder = recorder();

    assertTrue(recorder.flush(TestRecorders.after(Duration.ofMinutes(1))));

    assertEquals(List.of((long) SPOOLS, (long) SPOOLS, (long) SPOOLS), store.spoolsAtFailures);
    assertEquals(SPOOLS, store.ids.size());
    assertEquals(0, spools());
    recorder.close(TestRecorders.after(Duration.ofMinutes(1)));
  }

  /** Nobody asks for anything; the process lives for two seconds. */
  @Test
  void takesSpoolsToTheStoreWithItsOwnEventsUnasked() throws Exception {
    write(100, 1);
    Recorder recorder = recorder();

    recorder.record(SkillUse.of("own"));

    store.awaitIds(101);
    recorder.close(TestRecorders.after(Duration.ofMinutes(1)));
    assertEquals(0, spools());
  }

  /** The owner may store and cut back its file at any time, and write on. */
  @Test
  void readsForAReportAlsoWhatALivingProcessHasNotStoredAndLeavesItThere() throws Exception {
    Path path = SpoolFiles.write(directory, 1, SpoolFiles.bytes(List.of()));
    try (SpoolFile owner = SpoolFile.own(path.toFile())) {
      long end = append(owner, SpoolFormat.HEADER_BYTES, SpoolFiles.events(1, 3));
      append(owner, end, SpoolFiles.events(4, 2));
      assertEquals(SpoolFiles.events(1, 5), read(path, true));

      owner.cutTo(SpoolFormat.HEADER_BYTES);
      append(owner, SpoolFormat.HEADER_BYTES, SpoolFiles.events(100, 9));
      assertEquals(List.of(), read(path, false));
      assertEquals(SpoolFiles.events(100, 9), read(path, true));
    }
    assertTrue(Files.exists(path));
  }

  private static long append(SpoolFile file, long position, List<RecordedEvent> events)
      throws IOException {
    long end = position;
    for (RecordedEvent event : events) {
      byte[] record = SpoolFormat.record(event);
      file.write(end, record, record.length);
      end += record.length;
    }
    return end;
  }

  private static List<RecordedEvent> read(Path path, boolean alsoOfTheLiving) {
    List<RecordedEvent> read = new ArrayList<>();
    List<File> paths = List.of(path.toFile());
    try (OtherSpools others = new OtherSpools(paths, alsoOfTheLiving, new Faults(null))) {
      while (others.hasNext()) {
        read.addAll(others.next(2));
        others.stored();
      }
    }
    return read;
  }

  private void write(int spools, int events) throws IOException {
    for (int i = 0; i < spools; i++) {
      byte[] bytes = SpoolFiles.bytes(SpoolFiles.events(1 + (long) i * events, events));
      SpoolFiles.write(directory, i, bytes);
    }
  }

  private long spools() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }

  private Recorder recorder() {
    return TestRecorders.of(directory, 1000, null, () -> store);
  }

  /** Remembers what it was given, and how much at once. */
  private final class NotingStore implements EventStore {

    final Set<String> ids = new HashSet<>();
    final List<Integer> sizes = new ArrayList<>();
    final List<Long> spoolsAtFailures = new ArrayList<>();
    int failures;

    @Override
    public synchronized Stored store(List<RecordedEvent> events) throws StoreException {
      if (failures > 0) {
        failures--;
        try {
          spoolsAtFailures.add(spools());
        } catch (IOException e) {
          throw new AssertionError(e);
        }
        throw new StoreException(Trouble.DATABASE_LOCKED, null);
      }
      sizes.add(events.size());
      int before = ids.size();
      events.forEach(each -> ids.add(each.event().id()));
      notifyAll();
      return new Stored(ids.size() - before, 0);
    }

    synchronized void awaitIds(int count) throws InterruptedException {
      while (ids.size() < count) {
        wait();
      }
    }

    @Override
    public boolean maintain() {
      return false;
    }

    @Override
    public void close() {}
  }
}
