package dev.autoskill.telemetry.privacy;

import dev.autoskill.telemetry.event.TextResource;
import java.util.Locale;
import java.util.Set;

/**
 * Words that name skills. An account or machine with such a name is not looked for: the name tells
 * nobody anything, and {@code deploy} or {@code mark} would hide honest skills.
 */
final class OrdinaryWords {

  /**
   * In this order: accounts of systems, images and CI services; agents, languages and servers;
   * roles and parts of software; words that are also names of people; other words.
   */
  private static final Set<String> WORDS =
      Set.of(TextResource.read(OrdinaryWords.class, "ordinary-words.txt").split("\\s+"));

  private OrdinaryWords() {}

  /** Whether a name is such a word, or several that are joined: {@code build-agent}. */
  static boolean consistsOf(String name) {
    for (String word : name.toLowerCase(Locale.ROOT).split("[-_ ]")) {
      if (!WORDS.contains(word)) {
        return false;
      }
    }
    return true;
  }
}
