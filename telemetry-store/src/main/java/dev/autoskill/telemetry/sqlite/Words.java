package dev.autoskill.telemetry.sqlite;

import java.util.ArrayList;
import java.util.Arrays;
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
  private static final int CHUNK = 512;

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
    addTexts(update, unknown(events));
  }

  /**
   * Makes sure that words have numbers, by adding them. Most are new, so they are not looked for
   * first: SQLite gives those that are the next numbers, and the rest were there.
   */
  void addTexts(RollupUpdateDao update, Collection<String> words) {
    List<String> unknown = words.stream().filter(word -> !numbers.containsKey(word)).toList();
    int[] added = update.addWords(unknown);
    long number = update.lastWord() - Arrays.stream(added).sum();
    List<String> old = new ArrayList<>();
    for (int i = 0; i < added.length; i++) {
      if (added[i] == 0) {
        old.add(unknown.get(i));
      } else {
        number++;
        put(unknown.get(i), number);
      }
    }
    learn(old);
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
      dao.textsOf(chunk(unknown, from)).forEach((number, text) -> put(text, number));
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
      dao.numbersOf(chunk(unknown, from)).forEach(this::put);
    }
  }

  /**
   * Repeats the last element until their number is a power of two: JDBI takes as long to take a new
   * statement apart as SQLite to run it, so there should be few different ones.
   */
  private static <T> List<T> chunk(List<T> all, int from) {
    List<T> chunk = new ArrayList<>(all.subList(from, Math.min(from + CHUNK, all.size())));
    while (Integer.bitCount(chunk.size()) > 1) {
      chunk.add(chunk.get(chunk.size() - 1));
    }
    return chunk;
  }

  private void put(String text, long number) {
    numbers.put(text, number);
    texts.put(number, text);
  }
}
