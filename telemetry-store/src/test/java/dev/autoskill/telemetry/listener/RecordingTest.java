package dev.autoskill.telemetry.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listener knows the recording of its collector, from its beginning to its end. */
class RecordingTest {

  @TempDir Path home;

  private final Map<String, String> variables = new HashMap<>();
  private final Listener listener = new Listener();

  /** Writes down what it is told. */
  private static final class Listener implements TelemetryListener {

    final List<String> told = new CopyOnWriteArrayList<>();
    boolean isInterested = true;
    Recording recording;

    @Override
    public boolean opened(Recording recording) {
      this.recording = recording;
      told.add("opened");
      return isInterested;
    }

    @Override
    public void recorded(TelemetryEvent event) {
      told.add("recorded");
    }

    @Override
    public void closed() {
      told.add("closed");
    }
  }

  private TelemetryCollector open(TelemetryListener other) {
    variables.put("HOME", home.toString());
    TelemetryConfig config =
        TelemetryConfig.builder()
            .database(home.resolve("telemetry.db"))
            .listener(listener)
            .listener(other)
            .build();
    return TelemetryCollector.open(config, Environment.of(variables), TimeSource.system());
  }

  private static void recordOne(TelemetryCollector telemetry) {
    telemetry.recordEvent(SkillUse.of("skill"));
    assertTrue(telemetry.flush(Duration.ofSeconds(30)));
  }

  @Test
  void itIsToldOfTheBeginningAndTheEnd() {
    try (TelemetryCollector telemetry = open(event -> {})) {
      recordOne(telemetry);

      assertEquals(home.resolve("telemetry.db"), listener.recording.database());
      listener.recording.trouble("it rains", new IllegalStateException());
      listener.recording.trouble("it rains", new IllegalStateException());
      assertEquals(List.of("it rains"), telemetry.diagnostics().troubles());
      assertEquals(1, telemetry.stats().faults());
    }
    assertEquals(List.of("opened", "recorded", "closed"), listener.told);
  }

  @Test
  void whoIsNotInterestedIsToldOfNothing() {
    listener.isInterested = false;
    try (TelemetryCollector telemetry = open(event -> {})) {
      recordOne(telemetry);
    }
    assertEquals(List.of("opened"), listener.told);
  }

  @Test
  void whoCannotBeginIsLeftOutAndTheOthersAreNot() {
    TelemetryListener broken =
        new TelemetryListener() {
          @Override
          public boolean opened(Recording recording) {
            throw new IllegalStateException();
          }

          @Override
          public void recorded(TelemetryEvent event) {
            listener.told.add("broken");
          }
        };
    try (TelemetryCollector telemetry = open(broken)) {
      recordOne(telemetry);

      assertEquals(
          List.of(broken.getClass().getName() + " cannot begin"),
          telemetry.diagnostics().troubles());
    }
    assertEquals(List.of("opened", "recorded", "closed"), listener.told);
  }

  @Test
  void theUserMayForbidSendingAtAnyTime() throws IOException {
    open(event -> {}).close();
    assertTrue(listener.recording.maySend());

    Path file = home.resolve(".claude/auto-skill/telemetry.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "disabled=true");
    assertFalse(listener.recording.maySend());

    Files.delete(file);
    variables.put("AUTO_SKILL_TELEMETRY", "local");
    assertFalse(listener.recording.maySend());
  }

  @Test
  void nothingMayBeSentWhileDebugging() {
    variables.put("AUTO_SKILL_TELEMETRY_DEBUG", "1");
    open(event -> {}).close();

    assertFalse(listener.recording.maySend());
  }
}
