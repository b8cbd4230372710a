package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.SkillUse;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files beside the spools that look like spools and are none, larger than all may be together. */
class ForeignSpoolsTest {

  private static final int EVENTS = 1000;
  private static final long ZEROS = 70L << 20;

  @TempDir Path directory;

  @Test
  void besideThemEveryEventIsStored() throws Exception {
    Path spools = Files.createDirectory(directory.resolve("telemetry.db-spool"));
    List<Path> foreign =
        List.of(
            spools.resolve("0".repeat(32) + ".spool"), spools.resolve("1".repeat(32) + ".spool"));
    for (Path file : foreign) {
      try (RandomAccessFile zeros = new RandomAccessFile(file.toFile(), "rw")) {
        zeros.setLength(ZEROS);
      }
    }
    // Such as a version to come may write.
    Files.writeString(foreign.get(1), "SPOOL-OF-A-NEWER-VERSION");
    Path database = directory.resolve("telemetry.db");
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement lock = other.createStatement();
        TelemetryCollector telemetry = TestTelemetry.open(database)) {
      lock.execute("BEGIN EXCLUSIVE");
      for (int i = 0; i < EVENTS; i++) {
        telemetry.recordEvent(SkillUse.of("a"));
      }
      assertFalse(telemetry.flush(Duration.ofSeconds(1)));
      assertEquals(EVENTS, telemetry.stats().spooled(), telemetry.stats()::toString);

      lock.execute("ROLLBACK");
      assertTrue(telemetry.flush(Duration.ofMinutes(1)));
      assertEquals(EVENTS, telemetry.stats().stored());
      assertEquals(EVENTS, telemetry.getEffectivenessReport().get(0).totalUses());
    }
    assertEquals(ZEROS, Files.size(foreign.get(0)));
    assertTrue(Files.exists(foreign.get(1)));
  }
}
