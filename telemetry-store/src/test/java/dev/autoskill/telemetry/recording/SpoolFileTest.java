package dev.autoskill.telemetry.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Spools while others delete them, put them there, or interrupt those who read them. */
class SpoolFileTest {

  private static final int SPOOLS = 6000;
  private static final int LOOKS = 20_000;

  @TempDir Path directory;

  @Test
  void doesNotComeBackWhenItIsDeletedWhileItIsOpened() throws Exception {
    byte[] bytes = SpoolFiles.bytes(SpoolFiles.events(1));
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      for (int i = 0; i < SPOOLS; i++) {
        Path file = SpoolFiles.write(directory, i, bytes);
        Future<?> deleted =
            other.submit(
                () -> {
                  start.await();
                  Files.delete(file);
                  return null;
                });
        start.await();
        SpoolFiles.read(file, 1);
        deleted.get();
      }
    } finally {
      other.shutdownNow();
    }

    assertEquals(0, spools());
  }

  /** Put into a directory that was open to everybody before it was narrowed. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void eventsThatAnotherUserMadeUpAreNotRead() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
    Path file = SpoolFiles.write(directory, 1, SpoolFiles.bytes(SpoolFiles.events(3)));
    assertNotNull(SpoolFiles.read(file, 1));

    Files.setAttribute(file, "unix:uid", 12345);

    assertThrows(IOException.class, () -> SpoolFile.other(file.toFile()));
  }

  /** Its owner may be about to write the header, but not for an hour. */
  @Test
  void aFileWithoutAWholeHeaderIsDeletedWhenItIsOld() throws Exception {
    Path file = SpoolFiles.write(directory, 1, Arrays.copyOf(SpoolFormat.header(), 5));

    assertNull(SpoolFile.other(file.toFile()));
    assertEquals(1, spools());

    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
    assertNull(SpoolFile.other(file.toFile()));
    assertEquals(0, spools());
  }

  /** A closed one would never be written to again. */
  @Test
  void noInterruptClosesOurOwn() throws Exception {
    SpoolFile own = SpoolFile.own(directory.resolve("own.spool").toFile());
    FutureTask<Long> looks =
        new FutureTask<>(
            () -> {
              long length = 0;
              for (int i = 0; i < LOOKS; i++) {
                own.write(0, new byte[] {1, 2, 3}, 3);
                length = own.length() + own.read(0, new byte[3], 3);
              }
              return length;
            });
    Thread thread = new Thread(looks);
    thread.start();
    while (thread.isAlive()) {
      thread.interrupt();
    }

    assertEquals(6, looks.get());
    own.delete();
  }

  private long spools() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }
}
