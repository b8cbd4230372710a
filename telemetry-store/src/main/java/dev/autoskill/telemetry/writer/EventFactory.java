package dev.autoskill.telemetry.writer;

import com.github.f4b6a3.ulid.UlidFactory;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of uses: gives them an id, a point in time, and whatever the use left open.
 *
 * <p>The ids are ULIDs that rise strictly in the order in which events are made, even if the wall
 * clock goes back. Not safe for use by several threads at once.
 */
public final class EventFactory {

  private final TimeSource time;
  private final UlidFactory ulids;
  private final Supplier<SkillContext> defaultContext;

  private @Nullable SkillContext context;
  private long lastUlidMillis;

  /**
   * Makes a factory.
   *
   * @param time the clocks
   * @param random where the random bits of the ids come from
   * @param defaultContext session and agent of uses that name none; asked once, when first needed
   */
  public EventFactory(TimeSource time, LongSupplier random, Supplier<SkillContext> defaultContext) {
    this.time = time;
    this.ulids = UlidFactory.newMonotonicInstance(random);
    this.defaultContext = defaultContext;
  }

  /**
   * The event of a use that ends now.
   *
   * @param use the use
   * @return its event
   */
  public TelemetryEvent eventOf(SkillUse use) {
    Duration duration = use.duration();
    return event(
        use.skill(),
        use.sessionId(),
        use.agentId(),
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
        TimeUnit.NANOSECONDS.toMillis(use.durationNanos),
        use.outcome,
        clock.millisAt(use.endNanos));
  }

  private TelemetryEvent event(
      Skill skill,
      @Nullable String sessionId,
      @Nullable String agentId,
      @Nullable Long durationMs,
      Outcome outcome,
      long millis) {
    if (context == null) {
      context = defaultContext.get();
    }
    return new TelemetryEvent(
        nextUlid(millis),
        skill.id(),
        skill.name(),
        sessionId == null ? context.sessionId() : sessionId,
        agentId == null ? context.agentId() : agentId,
        durationMs,
        outcome,
        Instant.ofEpochMilli(millis));
  }

  /** The generator tolerates a clock that goes back 10 s and no more; this one always rises. */
  private String nextUlid(long millis) {
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
