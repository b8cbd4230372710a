package dev.autoskill.telemetry.recording;

import com.github.f4b6a3.ulid.Ulid;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import dev.autoskill.telemetry.recording.UseQueue.QueuedUse;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of uses: gives them an id, a point in time, and the values that the use left open,
 * and keeps out of them what must not be stored.
 *
 * <p>The ids are ULIDs that rise strictly in the order in which events are made, even if the wall
 * clock goes back. Not safe for use by several threads at once.
 */
final class EventFactory {

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long GREATEST_ID_MILLIS = 0xFFFF_FFFF_FFFFL;

  /** How many skills a process tells apart; uses of further ones count as {@link #OTHER}. */
  static final int MOST_SKILLS = 10_000;

  /** Stands for the skills beyond {@link #MOST_SKILLS}. */
  static final Skill OTHER = new Skill("other", "other", true);

  /** Returned to a caller for whose own event there is no memory. */
  static final TelemetryEvent UNRECORDED =
      new TelemetryEvent(
          Ulid.MIN.toString(),
          PrivacyGuard.UNNAMED,
          PrivacyGuard.UNNAMED,
          PrivacyGuard.UNNAMED,
          SkillContext.UNKNOWN_AGENT,
          null,
          Outcome.SKIPPED,
          Instant.EPOCH);

  /** The session of this process: random, and the same as long as the process lives. */
  private static @Nullable String processSession;

  private final Recorder.Options options;
  private final LongSupplier random;

  /** The skills of the events so far, as they are stored. */
  private final Set<Skill> skills = new HashSet<>();

  private @Nullable Ulid lastId;
  private long readMillis;
  private long readNanos;
  private long lastEndMillis;

  /** Makes a factory; {@code random} is where the random bits of the ids come from. */
  EventFactory(Recorder.Options options, LongSupplier random) {
    this.options = options;
    this.random = random;
  }

  /** 64 bits from the kernel. {@link SecureRandom} takes a cold JVM some 20 ms. */
  static long randomBits() {
    try (DataInputStream in = new DataInputStream(new FileInputStream("/dev/urandom"))) {
      return in.readLong();
    } catch (IOException e) {
      // There is no such file on Windows, and no file can be opened when too many are.
      return new SecureRandom().nextLong();
    }
  }

  /** The event of a use that ends now; the context, if any, fills in what the use leaves open. */
  TelemetryEvent eventOf(SkillUse use, @Nullable SkillContext context) {
    Duration duration = use.duration();
    return event(
        use.skill(),
        use.sessionId(),
        use.agentId(),
        context,
        duration == null ? null : duration.toMillis(),
        use.outcome(),
        options.time().currentTimeMillis());
  }

  /** Relates the two clocks, once for all queued uses of a batch. */
  void readClocks() {
    readMillis = options.time().currentTimeMillis();
    readNanos = options.time().nanoTime();
  }

  /** The event of a use that ended before the clocks were last read. */
  TelemetryEvent eventOf(QueuedUse use) {
    if (use.outcome == Outcome.UNRECOGNISED) {
      throw new IllegalArgumentException("outcome must be one that can be written");
    }
    return event(
        use.skill,
        null,
        use.agentId,
        use.context,
        (long) use.durationMs,
        use.outcome,
        endMillis(use.endNanos));
  }

  /**
   * When a use ended. Two readings of the clocks, which say milliseconds, may differ by one about
   * that, which must not move a use before one that ended earlier.
   */
  private long endMillis(long endNanos) {
    long millis = readMillis - (readNanos - endNanos) / NANOS_PER_MILLI;
    lastEndMillis = millis == lastEndMillis - 1 ? lastEndMillis : millis;
    return lastEndMillis;
  }

  private TelemetryEvent event(
      Skill skill,
      @Nullable String sessionId,
      @Nullable String agentId,
      @Nullable SkillContext context,
      @Nullable Long durationMs,
      Outcome outcome,
      long millis) {
    String named = sessionId == null && context != null ? context.sessionId() : sessionId;
    String session = named == null ? options.session() : named;
    String agent = agentId == null && context != null ? context.agentId() : agentId;
    Skill stored = stored(skill);
    return new TelemetryEvent(
        nextId(millis),
        stored.id(),
        stored.name(),
        session == null ? processSession(random) : options.guard().clean(session),
        options.guard().clean(agent == null ? options.agent() : agent),
        durationMs,
        outcome,
        Instant.ofEpochMilli(millis));
  }

  /** Counts on from random bits. The time in an id is that of the one before, if that is later. */
  private String nextId(long millis) {
    Ulid last = lastId == null ? new Ulid(random.getAsLong() >>> 48, random.getAsLong()) : lastId;
    Ulid next = last.increment();
    long idMillis = Math.max(next.getTime(), Math.min(millis, GREATEST_ID_MILLIS));
    long highBits = (idMillis << 16) | (next.getMostSignificantBits() & 0xFFFF);
    Ulid id = new Ulid(highBits, next.getLeastSignificantBits());
    lastId = id;
    return id.toString();
  }

  private static synchronized String processSession(LongSupplier random) {
    if (processSession == null) {
      long high = (random.getAsLong() & ~0xF000L) | 0x4000L;
      long low = (random.getAsLong() & ~(0b11L << 62)) | (0b10L << 62);
      processSession = new UUID(high, low).toString();
    }
    return processSession;
  }

  private Skill stored(Skill skill) {
    Skill stored = options.guard().stored(skill);
    if (skills.size() >= MOST_SKILLS && !skills.contains(stored)) {
      return OTHER;
    }
    skills.add(stored);
    return stored;
  }
}
