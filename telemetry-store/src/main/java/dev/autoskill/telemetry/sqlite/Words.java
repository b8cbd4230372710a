package dev.autoskill.telemetry.sqlite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that stand for names of skills, agents and sessions in the rollups. A reader, who may
 * not add to them, gives what is new a negative number that is good for this object only.
 */
final class Words {

  /** A statement takes only so many parameters. */
  private static final int CHUNK = 500;

  private final @Nullable RollupDao dao;
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<Long, String> texts = new HashMap<>();
  private long temporary;

  /**
   * Makes an empty one.
   *
   * @param dao where the words are; null: nowhere yet
   */
  Words(@Nullable RollupDao dao) {
    this.dao = dao;
  }

  /** Makes sure that the events' words have numbers, by adding them. */
  void add(RollupUpdateDao update, Collection<RawEvent> events) {
    List<String> unknown = unknown(events);
    learn(unknown);
    unknown.removeIf(numbers::containsKey);
    update.addWords(unknown);
    learn(unknown);
  }

  /** Finds the numbers of the events' words, if they have any. */
  void learn(Collection<RawEvent> events) {
    learn(unknown(events));
  }

  /** The word's number; a temporary one if it has none. */
  long numberOf(String text) {
    Long number = numbers.get(text);
    if (number == null) {
      number = --temporary;
      put(text, number);
    }
    return number;
  }

  /** The same, looked for first. */
  long learnedNumberOf(String text) {
    learn(List.of(text));
    return numberOf(text);
  }

  /** The words that the numbers stand for, and maybe others. */
  Map<Long, String> textsOf(Collection<Long> wanted) {
    List<Long> unknown = wanted.stream().filter(number -> !texts.containsKey(number)).toList();
    for (int from = 0; dao != null && from < unknown.size(); from += CHUNK) {
      dao.textsOf(unknown.subList(from, Math.min(from + CHUNK, unknown.size())))
          .forEach((number, text) -> put(text, number));
    }
    return texts;
  }

  private List<String> unknown(Collection<RawEvent> events) {
    Set<String> unknown = new LinkedHashSet<>();
    for (RawEvent event : events) {
      addIfUnknown(event.skillName(), unknown);
      addIfUnknown(event.agentId(), unknown);
      addIfUnknown(event.sessionId(), unknown);
    }
    return new ArrayList<>(unknown);
  }

  private void addIfUnknown(String word, Set<String> unknown) {
    if (!numbers.containsKey(word)) {
      unknown.add(word);
    }
  }

  private void learn(List<String> unknown) {
    if (dao == null) {
      return;
    }
    for (int from = 0; from < unknown.size(); from += CHUNK) {
      dao.numbersOf(unknown.subList(from, Math.min(from + CHUNK, unknown.size())))
          .forEach(this::put);
    }
  }

  private void put(String text, long number) {
    numbers.put(text, number);
    texts.put(number, text);
  }
}
