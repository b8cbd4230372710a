package dev.autoskill.telemetry.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many spools of dead processes, and a new process that looks at them. */
class SpoolBoundTest {

  private static final long PAGE_BYTES = 4096;

  @TempDir Path directory;

  private final Ledger ledger = new Ledger();
  private final Faults faults = new Faults(null);

  @Test
  void countsTheSpaceThatSmallFilesTakeAndLetsTheOldestGo() throws IOException {
    write(100, 1);
    long limit = 50 * PAGE_BYTES;

    bound(limit).look(null, 0);

    long left = spools();
    assertTrue(left < 50, left + " are left");
    assertTrue(left > 30, left + " are left");
    assertEquals(100 - left, ledger.counts().evicted());
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

    bound(bytes / 2).look(null, 0);

    assertTrue(spools() < 300, spools() + " are left");
    assertEquals(100 * (600 - spools()), ledger.counts().evicted());
  }

  @Test
  void leavesFilesThatFit() throws IOException {
    write(600, 1);
    SpoolBound bound = bound(1000 * PAGE_BYTES);

    bound.look(null, 0);

    assertEquals(600, spools());
    assertEquals((1000 - 600 - 1) * PAGE_BYTES, bound.room(0));
  }

  private SpoolBound bound(long limit) {
    SpoolDirectory spools = new SpoolDirectory(directory, () -> 0);
    return new SpoolBound(spools, limit, TimeSource.system(), ledger, faults);
  }

  private void write(int files, int uses) throws IOException {
    byte[] bytes = SpoolFiles.bytes(SpoolFiles.SEED, SpoolFiles.uses(uses));
    for (int i = 0; i < files; i++) {
      SpoolFiles.write(directory, i, bytes);
      Files.setLastModifiedTime(file(i), FileTime.fromMillis(SpoolFiles.CREATED - 1000 + i));
    }
  }

  private Path file(int number) {
    return directory.resolve(String.format("%032x.spool", number));
  }

  private long spools() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }
}
