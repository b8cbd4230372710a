package dev.autoskill.telemetry.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveSpansTest {

  private static final Instant SINCE = Instant.parse("2026-11-28T12:00:00.001Z");

  @TempDir Path directory;
  private Path database;
  private Path spools;

  @BeforeEach
  void makeSpools() throws IOException {
    database = directory.resolve("telemetry.db");
    spools = Files.createDirectory(directory.resolve("telemetry.db-spool"));
  }

  @Test
  void theFirstNoteStays() throws IOException {
    assertNull(LiveSpans.since(database));

    assertTrue(LiveSpans.note(database, SINCE));
    assertTrue(LiveSpans.note(database, SINCE.plusSeconds(1)));

    assertEquals(SINCE, LiveSpans.since(database));
    assertEquals(List.of("live-spans"), List.of(spools.toFile().list()));
  }

  @Test
  void itIsWhereTheSpoolsAreIfTheDatabaseIsALink() throws IOException {
    Path link = Files.createDirectory(directory.resolve("other")).resolve("link.db");
    Files.createSymbolicLink(link, Path.of("..", "telemetry.db"));

    assertTrue(LiveSpans.note(link, SINCE));

    assertEquals(SINCE, LiveSpans.since(database));
    assertEquals(SINCE, LiveSpans.since(link));
  }

  @Test
  void itMakesNoDirectory() throws IOException {
    Files.delete(spools);

    assertFalse(LiveSpans.note(database, SINCE));

    assertFalse(Files.exists(spools));
  }

  @Test
  void aNoteThatCannotBeReadIsNotTakenForNone() throws IOException {
    Path note = Files.createFile(spools.resolve("live-spans"));
    assertThrows(IOException.class, () -> LiveSpans.since(database));

    Files.delete(note);
    Files.createDirectory(note);
    assertThrows(IOException.class, () -> LiveSpans.since(database));
  }
}
