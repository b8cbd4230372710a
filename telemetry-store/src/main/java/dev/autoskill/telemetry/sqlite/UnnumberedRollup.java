package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.sqlite.Rollup.Group;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What events add up to before their words have numbers. It is made while events are stored, so to
 * add one takes no more than a look-up, and a second one if its session is not that of the one
 * before.
 */
final class UnnumberedRollup {

  private record Name(long day, String skillName, String skillId, String agentId) {}

  /** The uses that have a name in common. */
  private static final class Uses {

    final Tally tally = new Tally();
    long firstMillis = Long.MAX_VALUE;
    long lastMillis = Long.MIN_VALUE;

    /** One place a use, as it came. */
    int[] sessions = new int[8];

    int size;

    void add(TelemetryEvent event, long millis, int session) {
      tally.addUse(event.outcome(), event.durationMs());
      firstMillis = Math.min(firstMillis, millis);
      lastMillis = Math.max(lastMillis, millis);
      if (size == sessions.length) {
        sessions = Arrays.copyOf(sessions, 2 * size);
      }
      sessions[size++] = session;
    }
  }

  private final Map<Name, Uses> uses = new HashMap<>();

  /** The sessions' places in the order in which they came. */
  private final Map<String, Integer> sessions = new LinkedHashMap<>();

  private final ChunkBounds chunks = new ChunkBounds();
  private String session = "";
  private int sessionPlace = -1;
  private int size;

  /** How many events were added. */
  int size() {
    return size;
  }

  /** Which timestamps the events of each chunk of rowids reach. */
  ChunkBounds chunks() {
    return chunks;
  }

  /** Adds an event whose timestamp {@link Timestamps#isOrdered}. */
  void add(long row, TelemetryEvent event) {
    Instant timestamp = event.timestamp();
    long millis = timestamp.toEpochMilli();
    Name name =
        new Name(Timestamps.dayOf(timestamp), event.skillName(), event.skillId(), event.agentId());
    uses.computeIfAbsent(name, n -> new Uses()).add(event, millis, placeOf(event.sessionId()));
    chunks.add(row, millis);
    size++;
  }

  /** Mostly that of the one before. */
  private int placeOf(String sessionId) {
    if (sessionPlace < 0 || !sessionId.equals(session)) {
      session = sessionId;
      sessionPlace = sessions.computeIfAbsent(sessionId, id -> sessions.size());
    }
    return sessionPlace;
  }

  /** Gives the words numbers, adding those that have none yet. */
  Rollup numbered(Words words, RollupUpdateDao update) {
    Set<String> texts = new LinkedHashSet<>();
    for (Name name : uses.keySet()) {
      texts.add(name.skillName());
      texts.add(name.agentId());
    }
    texts.addAll(sessions.keySet());
    words.addTexts(update, texts);
    List<Long> numbers = new ArrayList<>(sessions.size());
    sessions.keySet().forEach(id -> numbers.add(words.numberOf(id)));
    Rollup rollup = new Rollup(words);
    uses.forEach((name, some) -> add(rollup, name, some, words, numbers));
    return rollup;
  }

  private static void add(
      Rollup rollup, Name name, Uses uses, Words words, List<Long> sessionNumbers) {
    uses.tally.widen(TimestampText.of(uses.firstMillis));
    uses.tally.widen(TimestampText.of(uses.lastMillis));
    long skill = words.numberOf(name.skillName());
    long agent = words.numberOf(name.agentId());
    rollup.add(new Group(name.day(), skill, agent), uses.tally);
    rollup.addSkillId(skill, name.skillId());
    long part = 0;
    @Nullable SessionUses sessions = null;
    for (int i = 0; i < uses.size; i++) {
      long session = sessionNumbers.get(uses.sessions[i]);
      if (sessions == null || SessionUses.partOf(session) != part) {
        part = SessionUses.partOf(session);
        sessions = rollup.sessionsOf(name.day(), skill, part);
      }
      sessions.add(session, agent, 1);
    }
  }
}
