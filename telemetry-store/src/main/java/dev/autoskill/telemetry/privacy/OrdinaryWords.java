package dev.autoskill.telemetry.privacy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
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
  private static final Set<String> WORDS = read("ordinary-words.txt");

  private OrdinaryWords() {}

  /** None if they cannot be read: then more is looked for. */
  private static Set<String> read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(OrdinaryWords.class.getResourceAsStream(resource))) {
      return Set.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\\s+"));
    } catch (IOException | RuntimeException e) {
      return Set.of();
    }
  }

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
