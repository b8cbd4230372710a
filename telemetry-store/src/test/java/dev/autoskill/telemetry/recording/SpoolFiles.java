package dev.autoskill.telemetry.recording;

import com.github.f4b6a3.ulid.Ulid;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.error.RecordedEvent;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Spools as a killed process leaves them. */
final class SpoolFiles {

  static final long CREATED = 1_795_350_291_379L;

  private static final Outcome[] OUTCOMES = {
    Outcome.SUCCESS, Outcome.FAILURE, Outcome.PARTIAL, Outcome.SKIPPED
  };

  private SpoolFiles() {}

  static RecordedEvent event(long number) {
    return event(new Ulid((CREATED + number) << 16, number).toString(), number);
  }

  static RecordedEvent event(String id, long number) {
    TelemetryEvent event =
        new TelemetryEvent(
            id,
            "id-" + number,
            number % 5 == 0 ? "análisis-é 技能 🛠" : "name",
            "session",
            "agent",
            number % 3 == 0 ? null : number,
            OUTCOMES[(int) (number % 4)],
            Instant.ofEpochMilli(CREATED + number));
    return new RecordedEvent(event, null);
  }

  static List<RecordedEvent> events(int count) {
    return events(1, count);
  }

  static List<RecordedEvent> events(long first, int count) {
    List<RecordedEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(event(first + i));
    }
    return events;
  }

  static byte[] bytes(List<RecordedEvent> events) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(SpoolFormat.header());
    events.forEach(event -> bytes.writeBytes(SpoolFormat.record(event)));
    return bytes.toByteArray();
  }

  static Path write(Path directory, int number, byte[] bytes) throws IOException {
    Files.createDirectories(directory);
    return Files.write(directory.resolve(String.format("%032x.spool", number)), bytes);
  }

  /** All intact events, as a process that ingests the file gets them. */
  static List<RecordedEvent> read(Path path, int atMostAtOnce) throws IOException {
    List<RecordedEvent> read = new ArrayList<>();
    SpoolFile file = SpoolFile.other(path.toFile());
    if (file == null) {
      return read;
    }
    try (file) {
      long position = file.start();
      SpoolFormat.Batch batch;
      do {
        batch = SpoolFormat.read(file, position, atMostAtOnce);
        read.addAll(batch.events());
        position += batch.bytes();
      } while (!batch.events().isEmpty());
    }
    return read;
  }

  static RecordedEvent longest() {
    String text = "技".repeat(256);
    TelemetryEvent event =
        new TelemetryEvent(
            new Ulid(-1, -1).toString(),
            text,
            text,
            text,
            text,
            Long.MAX_VALUE,
            Outcome.SKIPPED,
            Instant.ofEpochMilli(Long.MIN_VALUE));
    return new RecordedEvent(event, text);
  }
}
