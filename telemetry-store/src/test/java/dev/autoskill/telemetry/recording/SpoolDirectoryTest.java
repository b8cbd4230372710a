package dev.autoskill.telemetry.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.error.ErrorDetail;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import dev.autoskill.telemetry.recording.TestRecorders.StoreThatTakesAll;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many spools of dead processes, and a new process that looks at them. */
class SpoolDirectoryTest {

  private static final long PAGE_BYTES = 4096;

  @TempDir Path directory;

  private final Faults faults = new Faults(null);

  @Test
  void countsTheSpaceThatSmallFilesTakeAndLetsTheOldestGo() throws IOException {
    write(100, 1);
    long limit = 50 * PAGE_BYTES;

    SpoolDirectory spools = spools(limit);
    spools.hasRoom(null, 0, 0);

    long left = count();
    assertTrue(left < 50, left + " are left");
    assertTrue(left > 30, left + " are left");
    assertEquals(100 - left, spools.lost());
    for (int i = 0; i < 100; i++) {
      assertEquals(i >= 100 - left, Files.exists(file(i)), "file " + i);
    }
    assertEquals(0, faults.count());
  }

  @Test
  void noticesThatManyFilesAreLarge() throws IOException {
    write(600, 100);
    long bytes = 600 * Files.size(file(0));
    assertTrue(bytes > 600 * PAGE_BYTES);

    SpoolDirectory spools = spools(bytes / 2);
    spools.hasRoom(null, 0, 0);

    assertTrue(count() < 300, count() + " are left");
    assertEquals(100 * (600 - count()), spools.lost());
  }

  @Test
  void leavesFilesThatFit() throws IOException {
    write(600, 1);
    SpoolDirectory spools = spools(1000 * PAGE_BYTES);

    spools.hasRoom(null, 0, 0);

    assertEquals(600, count());
    assertEquals((1000 - 600 - 1) * PAGE_BYTES, spools.room(0));
  }

  /** 70 MB of zeros, and a file of a newer version. */
  @Test
  void filesThatAreNoSpoolsOfOursUseUpNothingAndStay() throws IOException {
    byte[] newer = Arrays.copyOf(SpoolFiles.bytes(SpoolFiles.events(1)), 1 << 20);
    newer[11] = 4;
    SpoolFiles.write(directory, 1000, newer);
    try (RandomAccessFile zeros = new RandomAccessFile(file(1001).toFile(), "rw")) {
      zeros.setLength(70 << 20);
    }
    write(10, 1);
    SpoolDirectory spools = spools(1 << 20);

    assertTrue(spools.hasRoom(null, 0, 1000));

    assertEquals(12, count());
    assertEquals((1 << 20) - (10 + 1) * PAGE_BYTES, spools.room(0));
    assertEquals(0, spools.lost());
  }

  @Test
  void aDamagedSpoolThatHasToGoIsAFaultAndItsIntactEventsAreLost() throws IOException {
    byte[] bytes = SpoolFiles.bytes(SpoolFiles.events(3));
    bytes[bytes.length - 1]++;
    SpoolFiles.write(directory, 0, bytes);
    SpoolDirectory spools = spools(PAGE_BYTES);

    spools.hasRoom(null, 0, 0);

    assertEquals(0, count());
    assertEquals(2, spools.lost());
    assertEquals(1, faults.count());
  }

  @Test
  void moreThanAThousandEventsAreOverdue() throws IOException {
    write(10, 100);
    SpoolDirectory spools = spools(1 << 26);

    assertFalse(spools.isOverdue(null, 0));
    assertTrue(spools.isOverdue(null, 1));
  }

  @Test
  void eventsOlderThanAnHourAreOverdue() throws IOException {
    SpoolFiles.write(directory, 0, SpoolFiles.bytes(SpoolFiles.events(1)));
    SpoolDirectory spools = spools(1 << 26);

    assertFalse(spools.isOverdue(null, 0));
    Files.setLastModifiedTime(file(0), FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
    assertTrue(spools.isOverdue(null, 0));
  }

  private SpoolDirectory spools(long limit) {
    Recorder.Options options =
        new Recorder.Options(
            "s",
            "a",
            PrivacyGuard.ofProcess(Environment.of(Map.of())),
            1,
            ErrorDetail.NONE,
            directory.resolve("telemetry.db"),
            directory,
            limit,
            Duration.ZERO,
            false,
            event -> {},
            StoreThatTakesAll::new,
            TimeSource.system(),
            faults);
    return new SpoolDirectory(options);
  }

  private void write(int files, int events) throws IOException {
    byte[] bytes = SpoolFiles.bytes(SpoolFiles.events(events));
    long now = System.currentTimeMillis();
    for (int i = 0; i < files; i++) {
      SpoolFiles.write(directory, i, bytes);
      Files.setLastModifiedTime(file(i), FileTime.fromMillis(now - 1000 + i));
    }
  }

  private Path file(int number) {
    return directory.resolve(String.format("%032x.spool", number));
  }

  private long count() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }
}
