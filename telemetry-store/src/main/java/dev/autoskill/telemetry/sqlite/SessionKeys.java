package dev.autoskill.telemetry.sqlite;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Uses of a skill on a day, each as its session and agent. */
final class SessionKeys {

  private long[] keys = new long[64];
  private int size;

  void add(long session, long agent) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
    }
    keys[size++] = SessionUses.key(session, agent);
  }

  /** Adds them in order, since in any other {@link LongCounts} take several times as long. */
  void addTo(Rollup rollup, long day, long skill) {
    Arrays.sort(keys, 0, size);
    long part = 0;
    @Nullable SessionUses uses = null;
    for (int i = 0; i < size; i++) {
      long session = SessionUses.sessionOf(keys[i]);
      if (uses == null || SessionUses.partOf(session) != part) {
        part = SessionUses.partOf(session);
        uses = rollup.sessionsOf(day, skill, part);
      }
      uses.add(session, SessionUses.agentOf(keys[i]), 1);
    }
  }
}
