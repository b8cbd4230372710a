package dev.autoskill.telemetry.recording;

import static dev.autoskill.telemetry.annotations.Outcome.FAILURE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.error.RecordedEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolFormatTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1024, 100_000})
  void whatIsWrittenIsRead(int atMostAtOnce) throws IOException {
    List<RecordedEvent> events = SpoolFiles.events(20_000);
    events.add(10_000, SpoolFiles.longest());
    Path file = SpoolFiles.write(directory, 1, SpoolFiles.bytes(events));

    assertEquals(events, SpoolFiles.read(file, atMostAtOnce));
  }

  @Test
  void theLongestRecordIsAsLongAsTheFormatAllows() {
    byte[] bytes = SpoolFormat.record(SpoolFiles.longest());

    assertEquals(SpoolFormat.FRAME_BYTES + SpoolFormat.MOST_PAYLOAD, bytes.length);
  }

  /** Files that an earlier build wrote; they are never written anew. */
  @Test
  void aFileOfVersion1IsStillRead() throws IOException {
    Path file = SpoolFiles.write(directory, 1, sample("version-1.spool"));

    List<RecordedEvent> read = SpoolFiles.read(file, 5);

    List<RecordedEvent> expected = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      expected.add(SpoolFiles.event(read.get(i).event().id(), i + 1));
    }
    assertEquals(expected, read);
    assertEquals(12, read.size());
    assertEquals("01M81KERXM9AHW110D0PBVMSJW", read.get(0).event().id());
    assertEquals("01M81KERXN9N0SG5FYEMNCPZW6", read.get(1).event().id());
    assertEquals(read, SpoolFiles.read(file, 12));
  }

  @Test
  void soIsOneWhoseOwnerWasKilledWhileItWrote() throws IOException {
    Path file = SpoolFiles.write(directory, 1, sample("version-1-torn.spool"));

    assertEquals(11, SpoolFiles.read(file, 5).size());
  }

  @Test
  void aFileOfVersion2IsStillRead() throws IOException {
    Path file = SpoolFiles.write(directory, 1, sample("version-2.spool"));

    assertEquals(SpoolFiles.events(12), SpoolFiles.read(file, 5));
  }

  @Test
  void aFileOfVersion3IsReadForEver() throws IOException {
    Path file = SpoolFiles.write(directory, 1, sample("version-3.spool"));

    assertEquals(eventsWithErrors(), SpoolFiles.read(file, 5));
  }

  @Test
  void version3IsWrittenAsItAlwaysWas() throws IOException {
    assertArrayEquals(sample("version-3.spool"), SpoolFiles.bytes(eventsWithErrors()));
  }

  private static List<RecordedEvent> eventsWithErrors() {
    return SpoolFiles.events(12).stream()
        .map(RecordedEvent::event)
        .map(event -> new RecordedEvent(event, event.outcome() == FAILURE ? "acme.Gone" : null))
        .toList();
  }

  /** The header of version 1 is longer, and has a checksum of its own. */
  @ParameterizedTest
  @ValueSource(bytes = {0, 1, 4})
  void aFileWithAnotherHeaderIsLeftAlone(byte version) throws IOException {
    byte[] bytes = SpoolFiles.bytes(SpoolFiles.events(12));
    bytes[11] = version;
    Path file = SpoolFiles.write(directory, 1, bytes);

    assertEquals(List.of(), SpoolFiles.read(file, 5));
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  private static byte[] sample(String name) throws IOException {
    try (InputStream in = SpoolFormatTest.class.getResourceAsStream("/spool/" + name)) {
      return in.readAllBytes();
    }
  }
}
