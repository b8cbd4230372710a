package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A busy thread's own part of the queue: a ring for one producer and one consumer (L. Lamport,
 * 1977). What comes in is written as numbers, so that a use neither allocates anything nor stores a
 * reference, and becomes visible without a fence.
 *
 * <p>Its value is how many uses ever came in.
 */
final class UseBuffer extends AtomicLong {

  private static final long serialVersionUID = 1;

  /** Shared, since to call {@code values()} copies them. */
  private static final Outcome[] OUTCOMES = Outcome.values();

  /**
   * How many numbers there are to a use: when it ended, and how long it took together with how it
   * ended and what it was a use of. The fewer there are, the fewer cache lines have to come back
   * from the consumer's processor.
   */
  private static final int LENGTH = 2;

  private static final int OUTCOME_BITS = 8;
  private static final int SOURCE_BITS = 8;
  private static final int DURATION_AT = OUTCOME_BITS + SOURCE_BITS;

  /** How many combinations of skill, agent and context there may be. */
  private static final int SOURCES = 1 << SOURCE_BITS;

  /** Uses that took longer, more than a day, have no place here. */
  private static final long LONGEST_NANOS = Long.MAX_VALUE >> DURATION_AT;

  private final transient UseQueue owner;
  private final transient RunningSkills producer;
  private final long[] numbers;
  private final int mask;

  /** Written by the producer, before a use that refers to it becomes visible. */
  private final transient @Nullable Source[] sources = new Source[SOURCES];

  /** How many uses have left: up to there the producer may write. */
  private volatile long room;

  /** The consumer's own. */
  private long taken;

  /**
   * Makes a buffer.
   *
   * @param capacity how many uses fit in; a power of two
   * @param producer what runs on the only thread that adds uses
   */
  UseBuffer(UseQueue owner, int capacity, RunningSkills producer) {
    this.owner = owner;
    this.producer = producer;
    this.numbers = new long[LENGTH * capacity];
    this.mask = capacity - 1;
  }

  /** Makes one and uses it, so that all that takes is loaded. */
  static void rehearse(UseQueue owner) {
    UseBuffer buffer = new UseBuffer(owner, 1, RunningSkills.ofThread());
    buffer.offer(Skill.named("rehearsal"), null, null, Outcome.SUCCESS, 0, 0);
    VarHandle.fullFence();
    buffer.oldest();
    buffer.leave();
    buffer.clear();
  }

  boolean isOf(UseQueue queue) {
    return owner == queue;
  }

  /** Whether nothing will come in any more, and all that did was taken. */
  boolean isOver() {
    Thread thread = producer.get();
    return (thread == null || !thread.isAlive()) && size() == 0;
  }

  /** The thread keeps this no longer. */
  void release() {
    if (producer.buffer() == this) {
      producer.setBuffer(null);
    }
  }

  /**
   * Adds a use. For the thread's own calls.
   *
   * @return how many uses now wait here, this one included; 0 if there is no place for it
   */
  int offer(
      Skill skill,
      @Nullable String agentId,
      @Nullable SkillContext context,
      Outcome outcome,
      long durationNanos,
      long endNanos) {
    long added = getPlain();
    long left = room;
    int waiting = (int) (added - left) + 1;
    if (waiting > mask + 1 || durationNanos < 0 || durationNanos > LONGEST_NANOS) {
      return 0;
    }
    int place = place(skill, context);
    Source source = sources[place];
    if (source == null || !source.is(skill, agentId, context)) {
      if (source != null && source.latest >= left) {
        return 0;
      }
      source = new Source(skill, agentId, context);
      sources[place] = source;
    }
    source.latest = added;
    int at = LENGTH * ((int) added & mask);
    numbers[at] = durationNanos << DURATION_AT | place << OUTCOME_BITS | outcome.ordinal();
    numbers[at + 1] = endNanos;
    setRelease(added + 1);
    return waiting;
  }

  static int place(Skill skill, @Nullable SkillContext context) {
    // A text's hash is known; to find out that of an object's identity takes longer.
    int hash = skill.id().hashCode();
    return (context == null ? hash : hash + System.identityHashCode(context)) & SOURCES - 1;
  }

  /** How many uses wait here. Exact for the consumer. */
  int size() {
    return (int) (get() - taken);
  }

  /** The consumer's: the use that came in first of those that wait. */
  QueuedUse oldest() {
    int at = LENGTH * ((int) taken & mask);
    long packed = numbers[at];
    Source source = sources[(int) (packed >> OUTCOME_BITS) & SOURCES - 1];
    return new QueuedUse(
        source.skill,
        source.agentId,
        source.context,
        OUTCOMES[(int) packed & (1 << OUTCOME_BITS) - 1],
        packed >> DURATION_AT,
        numbers[at + 1]);
  }

  /** The consumer's: the oldest use was taken. */
  void leave() {
    taken++;
  }

  /** The consumer's: gives the room of what has left back to the producer. */
  void clear() {
    room = taken;
  }

  /** What uses refer to. It gives way to another when no use that is still here refers to it. */
  private static final class Source {

    final Skill skill;
    final @Nullable String agentId;
    final @Nullable SkillContext context;

    /** The number of the use that last referred to it. The producer's own. */
    long latest;

    Source(Skill skill, @Nullable String agentId, @Nullable SkillContext context) {
      this.skill = skill;
      this.agentId = agentId;
      this.context = context;
    }

    boolean is(Skill skill, @Nullable String agentId, @Nullable SkillContext context) {
      return this.context == context
          && this.agentId == agentId
          && (this.skill == skill || isSame(this.skill, skill));
    }

    private static boolean isSame(Skill one, Skill other) {
      return one.id().equals(other.id()) && one.name().equals(other.name());
    }
  }
}
