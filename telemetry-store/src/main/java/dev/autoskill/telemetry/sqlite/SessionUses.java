package dev.autoskill.telemetry.sqlite;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
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

  static long partOf(long session) {
    return session >> PART_BITS;
  }

  void add(long session, long agent, long uses) {
    counts.add((long) Math.toIntExact(session) << AGENT_BITS | low(agent), uses);
  }

  private static long low(long agent) {
    return Math.toIntExact(agent) & 0xFFFF_FFFFL;
  }

  private static long sessionOf(long key) {
    return key >> AGENT_BITS;
  }

  private static long agentOf(long key) {
    return (int) key;
  }

  void add(SessionUses other) {
    other.counts.forEach(counts::add);
  }

  /** How many sessions there are. */
  long distinct() {
    long[] keys = counts.sortedKeys();
    long distinct = 0;
    for (int i = 0; i < keys.length; i++) {
      distinct += i == 0 || sessionOf(keys[i]) != sessionOf(keys[i - 1]) ? 1 : 0;
    }
    return distinct;
  }

  /** The same, for each agent. */
  Map<Long, Long> distinctByAgent() {
    Map<Long, Long> sessions = new HashMap<>();
    counts.forEach((key, uses) -> sessions.merge(agentOf(key), 1L, Long::sum));
    return sessions;
  }

  /** The parts that the sessions fall into. */
  Map<Long, SessionUses> byPart() {
    Map<Long, SessionUses> parts = new TreeMap<>();
    counts.forEach(
        (key, uses) ->
            parts
                .computeIfAbsent(partOf(sessionOf(key)), part -> new SessionUses())
                .counts
                .add(key, uses));
    return parts;
  }

  /** Nothing at all if there are no sessions. */
  byte[] encode() {
    PackedWriter out = new PackedWriter();
    long before = 0;
    for (long key : counts.sortedKeys()) {
      out.number(sessionOf(key) - before);
      out.number(agentOf(key));
      out.number(counts.count(key));
      before = sessionOf(key);
    }
    return out.toBytes();
  }

  /** Adds what is encoded. */
  void add(byte @Nullable [] encoded) {
    add(encoded, null);
  }

  /** Takes away what is encoded. */
  void take(byte @Nullable [] encoded) {
    SessionUses taken = new SessionUses();
    taken.add(encoded);
    taken.counts.forEach((key, uses) -> counts.add(key, -uses));
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
