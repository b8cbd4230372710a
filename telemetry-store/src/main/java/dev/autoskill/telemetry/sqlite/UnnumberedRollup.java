package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.sqlite.Rollup.Group;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What events add up to before their words have numbers. It is made while events are stored, so to
 * add one takes no more than a look-up, and a second one if its session is not that of the one
 * before.
 */
final class UnnumberedRollup {

  private record Name(long day, String skillName, String agentId) {}

  private record SkillDay(long day, long skill) {}

  private final Map<Name, NamedUses> uses = new HashMap<>();

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
    Name name = new Name(Timestamps.dayOf(timestamp), event.skillName(), event.agentId());
    uses.computeIfAbsent(name, n -> new NamedUses()).add(event, millis, placeOf(event.sessionId()));
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
    long[] sessionNumbers = sessions.keySet().stream().mapToLong(words::numberOf).toArray();
    Rollup rollup = new Rollup(words);
    Map<SkillDay, SessionKeys> sessionsOfSkills = new HashMap<>();
    uses.forEach(
        (name, some) -> {
          long skill = words.numberOf(name.skillName());
          long agent = words.numberOf(name.agentId());
          rollup.add(new Group(name.day(), skill, agent), some.tally());
          some.skillIds().forEach(id -> rollup.addSkillId(skill, id));
          some.addSessionsTo(
              sessionsOfSkills.computeIfAbsent(
                  new SkillDay(name.day(), skill), place -> new SessionKeys()),
              sessionNumbers,
              agent);
        });
    sessionsOfSkills.forEach((place, keys) -> keys.addTo(rollup, place.day(), place.skill()));
    return rollup;
  }
}
