package dev.autoskill.telemetry.sqlite;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often each session used a skill, for each agent, so that distinct sessions can be counted
 * even after uses are taken away.
 */
final class SessionUses {

  /** Sessions are numbered as they come, so neighbours in time share a part. */
  private static final int PART_BITS = 9;

  private static final int AGENT_BITS = 32;

  /** By session in the upper half of the key and agent in the lower one. */
  private final LongCounts counts = new LongCounts();

  /** Kept until something is added, since mostly a day's are also those of all days. */
  private byte @Nullable [] encoded;

  static long partOf(long session) {
    return session >> PART_BITS;
  }

  void add(long session, long agent, long uses) {
    count(key(session, agent), uses);
  }

  private void count(long key, long uses) {
    counts.add(key, uses);
    encoded = null;
  }

  static long key(long session, long agent) {
    return (long) Math.toIntExact(session) << AGENT_BITS | Math.toIntExact(agent) & 0xFFFF_FFFFL;
  }

  static long sessionOf(long key) {
    return key >> AGENT_BITS;
  }

  static long agentOf(long key) {
    return (int) key;
  }

  void add(SessionUses other) {
    other.counts.forEach(this::count);
  }

  /** The sum, which is the only one itself if there is no other. */
  static SessionUses sum(List<SessionUses> uses) {
    if (uses.size() == 1) {
      return uses.get(0);
    }
    SessionUses sum = new SessionUses();
    uses.forEach(sum::add);
    return sum;
  }

  /** How many sessions there are. */
  long distinct() {
    RisingCounts all = counts.inOrder();
    long distinct = 0;
    for (int i = 0; i < all.size(); i++) {
      distinct += i == 0 || sessionOf(all.key(i)) != sessionOf(all.key(i - 1)) ? 1 : 0;
    }
    return distinct;
  }

  /**
   * By agent, and for {@link Rollup#ANY_AGENT}: how many more distinct sessions there are with a
   * change.
   */
  LongCounts moreWith(SessionUses change) {
    LongCounts agentsBefore = new LongCounts();
    counts.forEach((key, uses) -> agentsBefore.add(sessionOf(key), 1));
    LongCounts more = new LongCounts();
    RisingCounts changes = change.counts.inOrder();
    int i = 0;
    while (i < changes.size()) {
      long session = sessionOf(changes.key(i));
      long moreAgents = 0;
      while (i < changes.size() && sessionOf(changes.key(i)) == session) {
        long before = counts.count(changes.key(i));
        int moreSessions = one(before + changes.countAt(i)) - one(before);
        more.add(agentOf(changes.key(i)), moreSessions);
        moreAgents += moreSessions;
        i++;
      }
      long before = agentsBefore.count(session);
      more.add(Rollup.ANY_AGENT, one(before + moreAgents) - one(before));
    }
    return more;
  }

  private static int one(long uses) {
    return uses == 0 ? 0 : 1;
  }

  /** Nothing at all if there are no sessions. */
  byte[] encode() {
    if (encoded == null) {
      encoded = encodeAnew();
    }
    return encoded;
  }

  private byte[] encodeAnew() {
    PackedWriter out = new PackedWriter();
    long before = 0;
    RisingCounts all = counts.inOrder();
    for (int i = 0; i < all.size(); i++) {
      long session = sessionOf(all.key(i));
      out.number(session - before);
      out.number(agentOf(all.key(i)));
      out.number(all.countAt(i));
      before = session;
    }
    return out.toBytes();
  }

  /** The sum of what is encoded, which stands in the same order, so it is but interleaved. */
  static byte[] sum(byte @Nullable [] one, byte @Nullable [] other) {
    Encoded a = new Encoded(one);
    Encoded b = new Encoded(other);
    PackedWriter out = new PackedWriter();
    long before = 0;
    while (!a.isDone || !b.isDone) {
      long key = b.isDone || !a.isDone && a.key <= b.key ? a.key : b.key;
      long uses = a.take(key) + b.take(key);
      if (uses != 0) {
        out.number(sessionOf(key) - before);
        out.number(agentOf(key));
        out.number(uses);
        before = sessionOf(key);
      }
    }
    return out.toBytes();
  }

  /** Goes from one session and agent to the next. */
  private static final class Encoded {

    final PackedReader in;
    boolean isDone;
    long key;
    private long session;
    private long uses;

    Encoded(byte @Nullable [] encoded) {
      in = new PackedReader(encoded);
      next();
    }

    /** The uses by the session and agent if those are the next ones, which then are passed. */
    long take(long wanted) {
      if (isDone || key != wanted) {
        return 0;
      }
      long taken = uses;
      next();
      return taken;
    }

    private void next() {
      isDone = !in.hasMore();
      if (!isDone) {
        session += in.number();
        key = key(session, in.number());
        uses = in.number();
      }
    }
  }

  /** Adds what is encoded. */
  void add(byte @Nullable [] encoded) {
    add(encoded, null);
  }

  /** Takes away what is encoded. */
  void take(byte @Nullable [] encoded) {
    SessionUses taken = new SessionUses();
    taken.add(encoded);
    taken.counts.forEach((key, uses) -> count(key, -uses));
  }

  /** Adds what is encoded, for one agent only; null: for all. */
  void add(byte @Nullable [] encoded, @Nullable Long onlyAgent) {
    PackedReader in = new PackedReader(encoded);
    long session = 0;
    while (in.hasMore()) {
      session += in.number();
      long agent = in.number();
      long uses = in.number();
      if (onlyAgent == null || onlyAgent == agent) {
        add(session, agent, uses);
      }
    }
  }
}
