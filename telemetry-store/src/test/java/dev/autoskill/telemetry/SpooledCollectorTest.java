package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryStats;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector whose events wait in its spool. */
class SpooledCollectorTest {

  private static final long LEAST_LIMIT = 65_536;

  @TempDir Path directory;

  @AfterEach
  void awaitEndOfThreads() throws InterruptedException {
    TestTelemetry.awaitEndOfThreads();
  }

  @Test
  void opensNoDatabaseForAFewEvents() throws IOException {
    TelemetryCollector telemetry = TestTelemetry.open(database());
    record(telemetry, 10);
    await(() -> telemetry.stats().spooled() == 10);

    telemetry.parts.exit();

    assertEquals(new TelemetryStats(10, 0, 10, 0, 0, 0, 0, 0), telemetry.stats());
    assertTrue(Files.notExists(database()));
    telemetry.close();
    assertEquals(new TelemetryStats(10, 10, 0, 0, 0, 0, 0, 0), telemetry.stats());
    assertEquals(List.of(), spools());
  }

  @Test
  void storesEventsUnaskedAndGoesOn() {
    AtomicLong nanos = new AtomicLong();
    try (TelemetryCollector telemetry = open(TelemetryConfig.builder(), nanos)) {
      record(telemetry, 5000);
      await(() -> telemetry.stats().spooled() == 5000);
      nanos.addAndGet(Duration.ofSeconds(2).toNanos());
      await(() -> telemetry.stats().stored() == 5000);
      record(telemetry, 1);
      await(() -> telemetry.stats().stored() == 5001);
    }
  }

  @Test
  void atTheEndOfTheProcessStoresIfMoreThanAThousandEventsWait() throws IOException {
    TelemetryCollector telemetry = openWithTimeToExit();
    record(telemetry, 1001);

    telemetry.parts.exit();

    assertEquals(new TelemetryStats(1001, 1001, 0, 0, 0, 0, 0, 0), telemetry.stats());
    assertEquals(List.of(), spools());
    telemetry.close();
  }

  @Test
  void leavesManyEventsToTheNextIfItIsToldNotToStoreAtItsEnd() {
    TelemetryCollector telemetry =
        open(TelemetryConfig.builder().storeAtExit(false), new AtomicLong());
    record(telemetry, 1001);

    telemetry.parts.exit();

    assertEquals(new TelemetryStats(1001, 0, 1001, 0, 0, 0, 0, 0), telemetry.stats());
    assertTrue(Files.notExists(database()));
    telemetry.close();
  }

  @Test
  void theSpoolOfALinkedDatabaseIsBesideItsTarget() throws IOException {
    Path target = Files.createDirectory(directory.resolve("elsewhere")).resolve("real.db");
    Files.createSymbolicLink(database(), target);
    TelemetryCollector telemetry = TestTelemetry.open(database());
    record(telemetry, 1);
    await(() -> telemetry.stats().spooled() == 1);

    assertTrue(Files.exists(directory.resolve("elsewhere/real.db-spool")));
    telemetry.close();
  }

  @Test
  void atTheEndOfTheProcessStoresIfTheDatabaseIsOpenAlready() throws IOException {
    TelemetryCollector telemetry = openWithTimeToExit();
    record(telemetry, 1);
    assertTrue(telemetry.flush(Duration.ofMinutes(1)));
    record(telemetry, 9);

    telemetry.parts.exit();

    assertEquals(new TelemetryStats(10, 10, 0, 0, 0, 0, 0, 0), telemetry.stats());
    assertEquals(List.of(), spools());
    // Another shutdown hook may use skills still.
    record(telemetry, 1);
    telemetry.parts.exit();
    assertEquals(new TelemetryStats(11, 11, 0, 0, 0, 0, 0, 0), telemetry.stats());
    assertEquals(List.of(), spools());
    telemetry.close();
  }

  @Test
  void leavesToTheNextWhatItCouldNotStoreBeforeItWasClosed() throws Exception {
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      record(telemetry, 1);
    }
    TelemetryCollector telemetry =
        open(TelemetryConfig.builder().closeTimeout(Duration.ofMillis(200)), new AtomicLong());
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement lock = other.createStatement()) {
      lock.execute("BEGIN IMMEDIATE");
      record(telemetry, 20_000);
      telemetry.close();
      lock.execute("ROLLBACK");
    }
    await(() -> telemetry.stats().queued() == 0);

    try (TelemetryCollector next = TestTelemetry.open(database())) {
      await(() -> next.getEffectivenessReport().get(0).totalUses() == 20_001);
      // The attempt that was under way when the lock went may have succeeded.
      long stored = telemetry.stats().stored();
      long left = 20_000 - stored;
      assertTrue(left > 0);
      assertEquals(new TelemetryStats(20_000, stored, left, 0, 0, 0, 0, 0), telemetry.stats());
      assertEquals(new TelemetryStats(0, 0, 0, 0, 0, 0, 0, 0), next.stats());
    }
  }

  @Test
  void makesANewSpoolWhenItsDirectoryIsDeletedAndLosesNothing() throws IOException {
    TelemetryCollector telemetry = TestTelemetry.open(database());
    record(telemetry, 10);
    await(() -> telemetry.stats().spooled() == 10);
    Path old = spools().get(0);
    Files.delete(old);
    Files.delete(old.getParent());

    record(telemetry, 10);
    await(() -> telemetry.stats().spooled() == 20);

    assertEquals(1, spools().size());
    assertTrue(Files.notExists(old));
    telemetry.close();
    assertEquals(new TelemetryStats(20, 20, 0, 0, 0, 0, 0, 0), telemetry.stats());
  }

  @Test
  void storesDirectlyWhereThereCanBeNoSpool() throws IOException {
    Files.createFile(directory.resolve("telemetry.db-spool"));
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      record(telemetry, 5000);

      assertTrue(telemetry.flush(Duration.ofMinutes(1)));
      assertEquals(
          List.of("the spool's directory cannot be made"), telemetry.diagnostics().troubles());
      TelemetryStats stats = telemetry.stats();
      assertEquals(5000, stats.stored());
      assertEquals(5000, stats.recorded());
      assertTrue(stats.faults() > 0);
    }
  }

  @Test
  void givesUpWhatIsDestroyedInItsSpoolAndGoesOn() throws IOException {
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      record(telemetry, 10);
      await(() -> telemetry.stats().spooled() == 10);
      Files.write(spools().get(0), new byte[100]);

      telemetry.flush(Duration.ofMinutes(1));
      record(telemetry, 1);
      assertTrue(telemetry.flush(Duration.ofMinutes(1)));

      assertEquals(new TelemetryStats(11, 1, 0, 0, 0, 10, 0, 0), telemetry.stats());
    }
  }

  @Test
  void dropsTheNewestWhenTheSpoolIsFull() throws IOException {
    Files.write(database(), new byte[4096]);
    TelemetryCollector telemetry =
        open(
            TelemetryConfig.builder()
                .spoolLimit(LEAST_LIMIT)
                .queueCapacity(100)
                .closeTimeout(Duration.ofMillis(10)),
            new AtomicLong());
    byte[] database = Files.readAllBytes(database());
    await(
        () -> {
          record(telemetry, 100);
          return telemetry.diagnostics().troubles().contains("the spool has reached its limit")
              && telemetry.stats().dropped() > 1000;
        });

    assertTrue(Files.size(spools().get(0)) <= LEAST_LIMIT);
    assertTrue(Files.size(spools().get(0)) > LEAST_LIMIT - 4096);
    telemetry.close();
    await(() -> telemetry.stats().queued() == 0);
    TelemetryStats stats = telemetry.stats();
    assertTrue(stats.spooled() > 100);
    assertEquals(stats.recorded(), stats.spooled() + stats.dropped() + stats.failed());
    assertArrayEquals(database, Files.readAllBytes(database()));
  }

  @Test
  void theOldestSpoolOfADeadProcessGoesFirst() throws Exception {
    List<Path> dead = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      try (SpoolingProcess process = SpoolingProcess.start(database(), "returns", 200)) {
        process.awaitEnd();
      }
      dead.add(spools().stream().filter(file -> !dead.contains(file)).findAny().orElseThrow());
    }
    // Not before all have ended: a process stores what is as old as that.
    for (int i = 0; i < 3; i++) {
      Files.setLastModifiedTime(dead.get(i), FileTime.from(Instant.EPOCH.plusSeconds(3 - i)));
    }
    long each = Files.size(dead.get(0));
    Files.write(database(), new byte[4096]);
    TelemetryCollector telemetry =
        open(
            TelemetryConfig.builder().spoolLimit(LEAST_LIMIT).closeTimeout(Duration.ofMillis(10)),
            new AtomicLong());
    long bytes = 0;
    while (bytes < LEAST_LIMIT - 2 * each) {
      record(telemetry, 1);
      await(() -> telemetry.stats().queued() == 0);
      bytes =
          spools().stream()
              .filter(f -> !dead.contains(f))
              .mapToLong(SpooledCollectorTest::size)
              .sum();
    }

    TelemetryStats stats = telemetry.stats();
    List<Path> left = spools().stream().filter(dead::contains).toList();
    assertTrue(left.size() < 3, left.toString());
    assertEquals((3 - left.size()) * 200L, stats.dropped());
    assertEquals(stats.recorded(), stats.spooled());
    for (Path file : left) {
      // The file that was modified last, that is, made first.
      assertTrue(Files.getLastModifiedTime(file).toInstant().getEpochSecond() > 3 - left.size());
    }
    telemetry.close();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  private TelemetryCollector openWithTimeToExit() {
    return open(TelemetryConfig.builder().exitTimeout(Duration.ofMinutes(1)), new AtomicLong());
  }

  private TelemetryCollector open(TelemetryConfig.Builder config, AtomicLong nanos) {
    return TelemetryCollector.open(
        config.database(database()).build(),
        Environment.of(Map.of()),
        new TimeSource() {
          @Override
          public long nanoTime() {
            return System.nanoTime() + nanos.get();
          }

          @Override
          public long currentTimeMillis() {
            return System.currentTimeMillis();
          }
        });
  }

  private static void record(TelemetryCollector telemetry, int uses) {
    for (int i = 0; i < uses; i++) {
      telemetry.recordEvent(SkillUse.of("a"));
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "not within a minute");
      Thread.onSpinWait();
    }
  }

  private List<Path> spools() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("telemetry.db-spool"))) {
      return files.toList();
    }
  }

  private Path database() {
    return directory.resolve("telemetry.db");
  }
}
