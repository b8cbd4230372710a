package dev.autoskill.telemetry.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spools of dead processes, while several processes look for them. */
class SpoolFileTest {

  private static final int SPOOLS = 6000;

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

  private long spools() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }
}
