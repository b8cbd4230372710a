package dev.autoskill.telemetry.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Passes events on as soon as the numbers of their words were looked up, many at once. */
final class WordsLearned implements Consumer<RawEvent> {

  private static final int CHUNK = 1024;

  private final Words words;
  private final Consumer<RawEvent> next;
  private final List<RawEvent> waiting = new ArrayList<>(CHUNK);

  WordsLearned(Words words, Consumer<RawEvent> next) {
    this.words = words;
    this.next = next;
  }

  @Override
  public void accept(RawEvent event) {
    waiting.add(event);
    if (waiting.size() == CHUNK) {
      flush();
    }
  }

  /** Passes on those that still wait. */
  void flush() {
    words.learn(waiting);
    waiting.forEach(next);
    waiting.clear();
  }
}
