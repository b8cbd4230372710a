package dev.autoskill.telemetry.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.f4b6a3.ulid.Ulid;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.Guards;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import dev.autoskill.telemetry.recording.UseQueue.QueuedUse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventFactoryTest {

  private static final long NOW = Instant.parse("2026-11-22T12:24:51.379Z").toEpochMilli();

  private final SetTime time = new SetTime();
  private final EventFactory events =
      TestRecorders.events(time, "s", "a", PrivacyGuard.ofProcess(Environment.of(Map.of())));

  @Test
  void idsAreUlidsOfTheEventsTime() {
    TelemetryEvent event = events.eventOf(SkillUse.of("n"), null);

    assertTrue(Ulid.isValid(event.id()));
    assertEquals(event.timestamp(), Ulid.getInstant(event.id()));
  }

  @Test
  void idsRiseHoweverTheClockJumps() {
    long[] jumps = {0, 0, 1, -1, -9_000, -60_000, 0, -3_600_000, 86_400_000, 5, -86_400_000};
    String previous = "";
    for (long jump : jumps) {
      time.millis += jump;
      TelemetryEvent event = events.eventOf(SkillUse.of("n"), null);
      assertEquals(Instant.ofEpochMilli(time.millis), event.timestamp());
      assertTrue(previous.compareTo(event.id()) < 0, previous + " before " + event.id());
      previous = event.id();
    }
  }

  /** The clock says milliseconds only, and so how far one has gone by must not matter. */
  @Test
  void usesOfTwoBatchesAreInTheOrderOfTheirEnds() {
    events.readClocks();
    TelemetryEvent first = settled(-100_000);
    time.nanos += 950_000;
    events.readClocks();
    TelemetryEvent second = settled(time.nanos - 1_000_000);

    assertFalse(second.timestamp().isBefore(first.timestamp()), first + " before " + second);
  }

  private TelemetryEvent settled(long endNanos) {
    QueuedUse use = new QueuedUse(Skill.named("n"), null, null, Outcome.SUCCESS, 0, endNanos);
    return events.eventOf(use);
  }

  /** Each use counts what is redacted of it, and nothing else does. */
  @Test
  void toPrepareRedactsNothing() {
    PrivacyGuard guard = Guards.of(List.of(), List.of(), List.of());
    EventFactory events = TestRecorders.events(time, "a@example.com", "b@example.com", guard);

    guard.prepare();

    assertEquals(0, guard.redactedCount());
    assertEquals(PrivacyGuard.REDACTED, events.eventOf(SkillUse.of("n"), null).sessionId());
    assertEquals(2, guard.redactedCount());
  }

  @Test
  void textOfAnnotationsIsNeverRedactedAndTextMadeAtRunTimeIs() {
    PrivacyGuard guard = Guards.of(List.of(), List.of("alice"), List.of());
    EventFactory events = TestRecorders.events(time, "s", "a", guard);
    String text = "read /etc/hosts of alice";
    SkillUse madeAtRunTime = SkillUse.of(text);
    SkillUse written =
        new SkillUse(new Skill(text, text, true), "by alice", null, Outcome.SUCCESS, null);

    assertEquals(PrivacyGuard.REDACTED, events.eventOf(madeAtRunTime, null).skillName());
    assertEquals(text, events.eventOf(written, null).skillName());
    assertEquals(text, events.eventOf(written, null).skillId());
    assertEquals(PrivacyGuard.REDACTED, events.eventOf(written, null).sessionId());
  }

  @Test
  void skillsBeyondTheMostCountAsOneAndSessionsDoNot() {
    for (int i = 0; i < EventFactory.MOST_SKILLS; i++) {
      assertEquals("n" + i, events.eventOf(SkillUse.of("n" + i), null).skillName());
    }

    TelemetryEvent beyond = events.eventOf(SkillUse.of("id", "one too many").session("t"), null);
    assertEquals(List.of("other", "other"), List.of(beyond.skillId(), beyond.skillName()));
    assertEquals("t", beyond.sessionId());
    assertEquals("n7", events.eventOf(SkillUse.of("n7"), null).skillName());
  }

  @Test
  void aQueuedUseEndedWhenItsClockSaidSo() {
    time.nanos = 10_000_000_000L;
    QueuedUse use =
        new QueuedUse(Skill.named("n"), null, null, Outcome.FAILURE, 1, time.nanos - 250_000_000);

    events.readClocks();
    TelemetryEvent event = events.eventOf(use);

    assertEquals(
        new TelemetryEvent(
            event.id(), "n", "n", "s", "a", 1L, Outcome.FAILURE, Instant.ofEpochMilli(NOW - 250)),
        event);
  }

  private static final class SetTime implements TimeSource {

    private long millis = NOW;
    private long nanos;

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public long currentTimeMillis() {
      return millis;
    }
  }
}
