package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of uses: gives them an id, a point in time, and whatever the use left open, and
 * keeps out of them what must not be stored.
 *
 * <p>The ids are ULIDs that rise strictly in the order in which events are made, even if the wall
 * clock goes back. Not safe for use by several threads at once, but for {@link #seed()}.
 */
public final class EventFactory {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final TimeSource time;
  private final LongSupplier random;
  private final @Nullable String defaultSession;
  private final String defaultAgent;
  private final PrivacyGuard guard;
  private final StoredTexts texts;

  private @Nullable IdSeed seed;
  private long sequence;
  private long lastIdMillis;
  private long readMillis;
  private long readNanos;
  private long lastEndMillis;
  private long lastEndNanos;

  /**
   * Makes a factory.
   *
   * @param time the clocks
   * @param random where the random bits of the ids come from
   * @param defaultSession the session of uses for which none is named; null: the process's own
   * @param defaultAgent the agent of uses for which none is named
   * @param guard decides what may be stored
   */
  public EventFactory(
      TimeSource time,
      LongSupplier random,
      @Nullable String defaultSession,
      String defaultAgent,
      PrivacyGuard guard) {
    this.time = time;
    this.random = random;
    this.defaultSession = defaultSession;
    this.defaultAgent = defaultAgent;
    this.guard = guard;
    this.texts = new StoredTexts(guard);
  }

  /** Finds out what all events have in common, before there is one. */
  void prepare() {
    guard.prepare();
    defaultSession();
    seed();
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
    return settle(use, context).event(seed());
  }

  /** What sets the ids made here apart from others; drawn when it is first asked for. */
  synchronized IdSeed seed() {
    if (seed == null) {
      seed = IdSeed.drawnFrom(random);
    }
    return seed;
  }

  SettledUse settle(SkillUse use, @Nullable SkillContext context) {
    Duration duration = use.duration();
    return settle(
        use.skill(),
        use.sessionId(),
        use.agentId(),
        context,
        duration == null ? null : duration.toMillis(),
        use.outcome(),
        time.currentTimeMillis());
  }

  /** Relates the two clocks, once for all uses of a batch. */
  void readClocks() {
    readMillis = time.currentTimeMillis();
    readNanos = time.nanoTime();
  }

  /** As the clocks were when they were last read. */
  SettledUse settle(QueuedUse use) {
    return settle(
        use.skill(),
        null,
        use.agentId(),
        use.context(),
        (long) use.durationMs(),
        use.outcome(),
        millisOf(use));
  }

  /**
   * When a use ended. What is known of that by two readings of the clocks, which say milliseconds,
   * may differ by one, and that must not move a use before one that ended earlier.
   */
  private long millisOf(QueuedUse use) {
    long millis = readMillis - (readNanos - use.endNanos()) / NANOS_PER_MILLI;
    if (millis == lastEndMillis - 1 && use.endNanos() - lastEndNanos >= 0) {
      millis = lastEndMillis;
    }
    lastEndMillis = millis;
    lastEndNanos = use.endNanos();
    return millis;
  }

  /** How many ids and names were redacted. */
  long redacted() {
    return guard.redactedCount();
  }

  private SettledUse settle(
      Skill skill,
      @Nullable String sessionId,
      @Nullable String agentId,
      @Nullable SkillContext context,
      @Nullable Long durationMs,
      Outcome outcome,
      long millis) {
    String session = sessionId == null && context != null ? context.sessionId() : sessionId;
    String agent = agentId == null && context != null ? context.agentId() : agentId;
    boolean isConstant = skill.isConstant();
    String skillId = isConstant ? PrivacyGuard.constant(skill.id()) : texts.stored(skill.id());
    String skillName =
        isConstant ? PrivacyGuard.constant(skill.name()) : texts.stored(skill.name());
    String storedSession = texts.stored(session == null ? defaultSession() : session);
    String storedAgent = texts.stored(agent == null ? defaultAgent : agent);
    lastIdMillis = Math.max(lastIdMillis, IdSeed.idMillis(millis));
    sequence++;
    return new SettledUse(
        sequence,
        lastIdMillis,
        millis,
        durationMs,
        outcome,
        skillId,
        skillName,
        storedSession,
        storedAgent);
  }

  private String defaultSession() {
    return defaultSession == null ? ProcessSession.id() : defaultSession;
  }
}
