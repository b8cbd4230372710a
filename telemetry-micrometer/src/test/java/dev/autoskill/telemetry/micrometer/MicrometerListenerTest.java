package dev.autoskill.telemetry.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MicrometerListenerTest {

  @TempDir Path directory;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private TelemetryConfig.Builder config() {
    return TelemetryConfig.builder()
        .database(directory.resolve("telemetry.db"))
        .closeTimeout(Duration.ofMinutes(1));
  }

  private static TelemetryCollector open(TelemetryConfig.Builder config) {
    return TelemetryCollector.open(config.build(), Environment.of(Map.of()), TimeSource.system());
  }

  private static SkillUse use(String skill) {
    return SkillUse.of(skill).agent("cursor").outcome(Outcome.SUCCESS);
  }

  private Timer timer(String skill, String outcome) {
    return registry
        .get("skill.uses")
        .tags("skill", skill, "outcome", outcome, "agent", "cursor")
        .timer();
  }

  @Test
  void usesAreTimedBySkillOutcomeAndAgent() {
    try (TelemetryCollector telemetry = open(config().listener(new MicrometerListener(registry)))) {
      telemetry.recordEvent(use("a").duration(Duration.ofMillis(30)));
      telemetry.recordEvent(use("a").duration(Duration.ofMillis(50)));
      telemetry.recordEvent(use("a").outcome(Outcome.FAILURE).duration(Duration.ZERO));
      telemetry.recordEvent(use("b").outcome(Outcome.SKIPPED).duration(Duration.ZERO));
    }

    assertEquals(2, timer("a", "success").count());
    assertEquals(80, timer("a", "success").totalTime(TimeUnit.MILLISECONDS));
    assertEquals(1, timer("a", "failure").count());
    assertEquals(1, timer("b", "skipped").count());
    assertEquals(3, registry.getMeters().size());
  }

  @Test
  void usesWithoutADurationAreCountedApart() {
    try (TelemetryCollector telemetry = open(config().listener(new MicrometerListener(registry)))) {
      telemetry.recordEvent(use("a"));
      telemetry.recordEvent(use("a"));
    }

    assertEquals(
        2,
        registry
            .get("skill.uses.untimed")
            .tags("skill", "a", "outcome", "success", "agent", "cursor")
            .counter()
            .count());
    assertEquals(1, registry.getMeters().size());
  }

  @Test
  void skillsBeyondAThousandAndAgentsBeyondAHundredAreOther() {
    try (TelemetryCollector telemetry = open(config().listener(new MicrometerListener(registry)))) {
      for (int i = 0; i < 1_010; i++) {
        telemetry.recordEvent(use("skill-" + i).duration(Duration.ZERO));
      }
      telemetry.recordEvent(use("skill-0").duration(Duration.ZERO));
      for (int i = 0; i < 105; i++) {
        telemetry.recordEvent(use("skill-1").agent("agent-" + i).duration(Duration.ZERO));
      }
    }

    assertEquals(2, timer("skill-0", "success").count());
    assertEquals(10, timer("other", "success").count());
    // Beside those of the first hundred, cursor among them.
    assertEquals(6, registry.get("skill.uses").tag("agent", "other").timer().count());
    assertEquals(1_001 + 99 + 1, registry.getMeters().size());
  }

  @Test
  void asAServiceItHasTheGlobalRegistryUnlessOneIsSetInCode() {
    SimpleMeterRegistry global = new SimpleMeterRegistry();
    Metrics.addRegistry(global);
    try {
      try (TelemetryCollector telemetry = open(config())) {
        telemetry.run("found", () -> {});
      }
      try (TelemetryCollector telemetry =
          open(config().listener(new MicrometerListener(registry)))) {
        telemetry.run("set", () -> {});
      }
      assertEquals("found", global.get("skill.uses").timer().getId().getTag("skill"));
      assertEquals("set", registry.get("skill.uses").timer().getId().getTag("skill"));
    } finally {
      Metrics.removeRegistry(global);
    }
  }

  @Test
  void nothingIsCountedBeforeThereIsARegistry() {
    AtomicReference<MeterRegistry> late = new AtomicReference<>();
    MicrometerListener listener = new MicrometerListener(late::get);
    for (int i = 0; i < 2; i++) {
      try (TelemetryCollector telemetry = open(config().listener(listener))) {
        telemetry.run("skill", () -> {});
      }
      late.set(registry);
    }
    assertEquals(1, registry.get("skill.uses").timer().count());
  }

  @Test
  void aMissingRegistryIsRefused() {
    assertThrows(NullPointerException.class, () -> new MicrometerListener((MeterRegistry) null));
  }
}
