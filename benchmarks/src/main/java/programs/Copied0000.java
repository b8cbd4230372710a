package programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A class of an ordinary size, without annotations, of which thousands of copies are made: the
 * digits of its name are replaced in the class file.
 */
public class Copied0000 {

  private final Map<String, List<String>> texts = new TreeMap<>();
  private int changes;

  /** Makes one. */
  public Copied0000() {}

  List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : text.split(" ")) {
      if (!word.isBlank()) {
        words.add(word.toLowerCase(Locale.ROOT));
      }
    }
    return words;
  }

  void put(String name, String text) {
    List<String> old = texts.put(name, words(text));
    if (old == null || !old.equals(texts.get(name))) {
      changes++;
    }
  }

  Optional<String> longest(String name) {
    return texts.getOrDefault(name, List.of()).stream()
        .reduce((one, other) -> one.length() >= other.length() ? one : other);
  }

  int count(String word) {
    int count = 0;
    for (List<String> each : texts.values()) {
      for (String other : each) {
        count += other.equals(word) ? 1 : 0;
      }
    }
    return count;
  }

  String joined(String separator) {
    StringBuilder joined = new StringBuilder();
    texts.forEach(
        (name, words) -> {
          joined.append(joined.length() == 0 ? "" : separator);
          joined.append(name).append('=').append(String.join(separator, words));
        });
    return joined.toString();
  }

  double meanLength() {
    long letters = 0;
    long words = 0;
    for (List<String> each : texts.values()) {
      words += each.size();
      letters += each.stream().mapToInt(String::length).sum();
    }
    return words == 0 ? 0 : (double) letters / words;
  }

  int changes() {
    return changes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Copied0000 same && texts.equals(same.texts) && changes == same.changes;
  }

  @Override
  public int hashCode() {
    return 31 * texts.hashCode() + changes;
  }

  @Override
  public String toString() {
    return "texts " + texts.keySet() + ", changed " + changes + " times";
  }
}
