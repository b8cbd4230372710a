package dev.autoskill.telemetry.benchmarks.store;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Events as a busy machine records them, the same at each call. */
final class SampleEvents {

  private static final Instant START = Instant.parse("2026-11-22T12:24:51.379Z");
  private static final int SKILLS = 50;
  private static final int USES_A_SESSION = 20;
  private static final String[] AGENTS = {
    "claude-code", "cursor", "codex", "gemini-cli", "unknown"
  };
  private static final Outcome[] OUTCOMES = {
    Outcome.SUCCESS, Outcome.SUCCESS, Outcome.SUCCESS, Outcome.FAILURE, Outcome.PARTIAL
  };

  private SampleEvents() {}

  static List<TelemetryEvent> of(int count) {
    Random random = new Random(1);
    List<TelemetryEvent> events = new ArrayList<>(count);
    String session = "";
    for (int i = 0; i < count; i++) {
      if (i % USES_A_SESSION == 0) {
        session = new UUID(random.nextLong(), random.nextLong()).toString();
      }
      Instant at = START.plusMillis(7L * i);
      String skill = "skill-%02d".formatted(random.nextInt(SKILLS));
      events.add(
          new TelemetryEvent(
              // As long as a ULID, and rising with time as ULIDs do.
              "%010X%016X".formatted(at.toEpochMilli(), random.nextLong()),
              skill,
              skill,
              session,
              AGENTS[random.nextInt(AGENTS.length)],
              (long) Math.exp(5 + 1.5 * random.nextGaussian()),
              OUTCOMES[random.nextInt(OUTCOMES.length)],
              at));
    }
    return events;
  }
}
