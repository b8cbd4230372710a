package dev.autoskill.telemetry.writer;

import com.github.f4b6a3.ulid.UlidFactory;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of uses: gives them an id, a point in time, and whatever the use left open, and
 * keeps out of them what must not be stored.
 *
 * <p>The ids are ULIDs that rise strictly in the order in which events are made, even if the wall
 * clock goes back. Not safe for use by several threads at once.
 */
public final class EventFactory {

  private final TimeSource time;
  private final LongSupplier random;
  private final Supplier<String> defaultSession;
  private final String defaultAgent;
  private final PrivacyGuard guard;
  private final StoredTexts texts;

  private @Nullable UlidFactory ulids;
  private long lastUlidMillis;

  /**
   * Makes a factory.
   *
   * @param time the clocks
   * @param random where the random bits of the ids come from
   * @param defaultSession the session of uses for which none is named; asked when it is needed
   * @param defaultAgent the agent of uses for which none is named
   * @param guard decides what may be stored
   */
  public EventFactory(
      TimeSource time,
      LongSupplier random,
      Supplier<String> defaultSession,
      String defaultAgent,
      PrivacyGuard guard) {
    this.time = time;
    this.random = random;
    this.defaultSession = defaultSession;
    this.defaultAgent = defaultAgent;
    this.guard = guard;
    this.texts = new StoredTexts(guard);
  }

  /**
   * The event of a use that ends now.
   *
   * @param use the use
   * @param context fills in the session and the agent if the use leaves them open; null: the
   *     defaults do
   * @return its event
   */
  public TelemetryEvent eventOf(SkillUse use, @Nullable SkillContext context) {
    Duration duration = use.duration();
    return event(
        use.skill(),
        use.sessionId(),
        use.agentId(),
        context,
        duration == null ? null : duration.toMillis(),
        use.outcome(),
        time.currentTimeMillis());
  }

  /** Relates the two clocks, once for all uses of a batch. */
  WallClock wallClock() {
    return new WallClock(time.currentTimeMillis(), time.nanoTime());
  }

  TelemetryEvent eventOf(QueuedUse use, WallClock clock) {
    return event(
        use.skill,
        null,
        use.agentId,
        use.context,
        TimeUnit.NANOSECONDS.toMillis(use.durationNanos),
        use.outcome,
        clock.millisAt(use.endNanos));
  }

  /** How many ids and names were redacted. */
  long redacted() {
    return guard.redactedCount();
  }

  private TelemetryEvent event(
      Skill skill,
      @Nullable String sessionId,
      @Nullable String agentId,
      @Nullable SkillContext context,
      @Nullable Long durationMs,
      Outcome outcome,
      long millis) {
    String session = sessionId == null && context != null ? context.sessionId() : sessionId;
    String agent = agentId == null && context != null ? context.agentId() : agentId;
    return new TelemetryEvent(
        nextUlid(millis),
        texts.stored(skill.id()),
        texts.stored(skill.name()),
        texts.stored(session == null ? defaultSession.get() : session),
        texts.stored(agent == null ? defaultAgent : agent),
        durationMs,
        outcome,
        Instant.ofEpochMilli(millis));
  }

  /** The generator tolerates a clock that goes back 10 s and no more; this one always rises. */
  private String nextUlid(long millis) {
    if (ulids == null) {
      // It draws from the source of randomness at once.
      ulids = UlidFactory.newMonotonicInstance(random);
    }
    lastUlidMillis = Math.max(lastUlidMillis, millis);
    return ulids.create(lastUlidMillis).toString();
  }

  /** A reading of both clocks at one moment. */
  record WallClock(long millis, long nanos) {

    long millisAt(long atNanos) {
      return millis - TimeUnit.NANOSECONDS.toMillis(nanos - atNanos);
    }
  }
}
