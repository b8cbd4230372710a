package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The uses that an {@link UnnumberedRollup} has of one name. Most durations are set aside as they
 * come: to find each its bucket at once would take longer, since by the next use of the same name
 * the processor has forgotten where its buckets are.
 */
final class NamedUses {

  private final Tally tally = new Tally();
  private final Set<String> skillIds = new HashSet<>();
  private String skillId = "";
  private long firstMillis = Long.MAX_VALUE;
  private long lastMillis = Long.MIN_VALUE;

  /** One place a use, as it came. */
  private int[] sessions = new int[8];

  private int size;
  private long[] durations = new long[8];
  private int timed;

  void add(TelemetryEvent event, long millis, int session) {
    if (skillIds.isEmpty() || !event.skillId().equals(skillId)) {
      skillId = event.skillId();
      skillIds.add(skillId);
    }
    firstMillis = Math.min(firstMillis, millis);
    lastMillis = Math.max(lastMillis, millis);
    add(event.outcome(), event.durationMs());
    if (size == sessions.length) {
      sessions = Arrays.copyOf(sessions, 2 * size);
    }
    sessions[size++] = session;
  }

  private void add(Outcome outcome, @Nullable Long durationMs) {
    if (durationMs == null || outcome == Outcome.SKIPPED) {
      tally.addUse(outcome, durationMs);
      return;
    }
    tally.addUse(outcome, null);
    if (timed == durations.length) {
      durations = Arrays.copyOf(durations, 2 * timed);
    }
    durations[timed++] = durationMs;
  }

  Set<String> skillIds() {
    return skillIds;
  }

  /** What they add up to. */
  Tally tally() {
    tally.widen(TimestampText.of(firstMillis));
    tally.widen(TimestampText.of(lastMillis));
    for (int i = 0; i < timed; i++) {
      tally.addAttempt(durations[i]);
    }
    timed = 0;
    return tally;
  }

  void addSessionsTo(SessionKeys keys, long[] numbers, long agent) {
    for (int i = 0; i < size; i++) {
      keys.add(numbers[sessions[i]], agent);
    }
  }
}
