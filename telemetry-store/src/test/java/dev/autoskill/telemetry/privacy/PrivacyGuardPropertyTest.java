package dev.autoskill.telemetry.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivacyGuardPropertyTest {

  private static final int ROUNDS = 3_000;

  private static final PrivacyGuard GUARD =
      Guards.of(
          List.of("/home/alice"), List.of("alice", "王伟", "josé"), List.of("laptop-7.example.com"));

  /** Text right before and after a token; none of it makes another token of that. */
  private static final String OPENING = " \t\n\u0000\"'`=([<,;|";

  private static final String CLOSING = " \t\n\u0000\"'`)]>,;|";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String WORD = LOWER + "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  /** Of all that the guard distinguishes, so that random texts come close to every rule. */
  private static final List<String> PIECES =
      List.of(
          "a",
          "Z",
          "9",
          "255",
          "1.2.3.4",
          "::",
          ":",
          "/",
          "\\",
          "\\\\",
          "~",
          "@",
          ".",
          "-",
          "_",
          "%",
          "%2F",
          "%40",
          "%00",
          " ",
          "\t",
          "\u0000",
          "\u0085",
          "\u2028",
          "\uFFFD",
          "\uD83D",
          "\uDE80",
          "🚀",
          "👩\u200D💻",
          "é",
          "\u0301",
          "技",
          "\u200F",
          "\uFEFF",
          "＠",
          "alice",
          "alic",
          "laptop-7",
          "王",
          "伟",
          "jose",
          "home",
          "tmp",
          "C:",
          "file:",
          "com",
          "fe80",
          "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");

  @Test
  void ordinaryNamesPassUnchanged() {
    Random random = new Random(1);
    for (int i = 0; i < ROUNDS; i++) {
      String name = word(random, LOWER + "éñ技能яא", 1, 12);
      for (int parts = random.nextInt(4); parts > 0; parts--) {
        name += pick(random, "-_. /#+") + word(random, WORD + "éñ技能яא", 1, 12);
      }
      if (random.nextInt(4) == 0) {
        name += "@" + random.nextInt(20) + "." + random.nextInt(20) + "." + random.nextInt(20);
      }
      if (!name.matches(".*(alice|laptop).*")) {
        assertEquals(name, GUARD.clean(name));
      }
    }
  }

  @Test
  void emailAddressesAreRedactedWhereverTheyStand() {
    redactsEverywhere(
        2,
        random ->
            word(random, WORD, 1, 10)
                + (random.nextBoolean() ? pick(random, ".+_-") + word(random, WORD, 1, 5) : "")
                + "@"
                + word(random, WORD, 1, 10)
                + (random.nextBoolean() ? "." + word(random, LOWER, 2, 8) : "")
                + "."
                + word(random, "abcdefghiklmnopqruvwxyz", 2, 6));
  }

  @Test
  void ipAddressesAreRedactedWhereverTheyStand() {
    redactsEverywhere(
        3,
        random ->
            (128 + random.nextInt(128))
                + "."
                + random.nextInt(256)
                + "."
                + random.nextInt(256)
                + "."
                + (1 + random.nextInt(255))
                + (random.nextBoolean() ? ":" + random.nextInt(65536) : ""));
    redactsEverywhere(4, PrivacyGuardPropertyTest::ipv6Address);
  }

  @Test
  void absolutePathsAreRedactedWhereverTheyStand() {
    List<String> roots =
        List.of(
            "/home/",
            "/Users/",
            "/opt/",
            "C:\\",
            "d:/",
            "\\\\server\\",
            "file:///",
            "~/",
            "//nas/");
    redactsEverywhere(
        5,
        random ->
            roots.get(random.nextInt(roots.size()))
                + word(random, WORD + "._-é技", 1, 10)
                + "/"
                + word(random, WORD + "._-é技", 1, 10));
  }

  @Test
  void namesAreRedactedWhereverTheyStand() {
    List<String> names = List.of("alice", "Alice", "王伟", "JOSÉ", "jose\u0301", "Laptop-7");
    redactsEverywhere(6, random -> names.get(random.nextInt(names.size())));
  }

  @Test
  void whateverComesOutIsShortPrintableAndFinal() {
    Random random = new Random(7);
    for (int i = 0; i < 2 * ROUNDS; i++) {
      StringBuilder text = new StringBuilder();
      for (int pieces = random.nextInt(24); pieces > 0; pieces--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      String cleaned = GUARD.clean(text.toString());

      assertTrue(cleaned.length() <= 256, cleaned);
      assertFalse(cleaned.isBlank(), cleaned);
      assertFalse(
          cleaned
              .codePoints()
              .anyMatch(
                  c ->
                      Character.isISOControl(c)
                          || c == 0x2028
                          || c == 0x2029
                          || (c >= 0xD800 && c <= 0xDFFF)),
          cleaned);
      assertEquals(cleaned, GUARD.clean(cleaned));
    }
  }

  /** Any rule that looked at the rest of the text at every character would run into the limit. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        ".",
        "1",
        "1.",
        "1.1.1.",
        "999.",
        "@",
        "a@",
        "a@a",
        "a@a.",
        "a.",
        ":",
        "a:",
        "::a",
        "a:a:a:a::",
        "/",
        "//",
        " /a",
        "/a ",
        "\\",
        "\\\\a ",
        "~a",
        " ~a",
        "%",
        "%2",
        "%25",
        " ",
        "\u0000",
        "\u200D",
        "\uD83D",
        "a\u0301\u0323",
        "é",
        "技",
        "＠",
        "alic",
        "alic ",
        "a-",
        "/home/alic",
        "laptop-",
        "file:"
      })
  void takesLinearTime(String piece) {
    String text = piece.repeat(1_000_000 / piece.length());
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          GUARD.clean(text);
          GUARD.clean("x" + text + "x");
        });
  }

  private static void redactsEverywhere(long seed, Function<Random, String> secrets) {
    Random random = new Random(seed);
    for (int i = 0; i < ROUNDS; i++) {
      String secret = secrets.apply(random);
      String before = surroundings(random);
      String after = surroundings(random);
      String text =
          (before.isEmpty() ? "" : before + pick(random, OPENING))
              + secret
              + (after.isEmpty() ? "" : pick(random, CLOSING) + after);
      assertEquals(PrivacyGuard.REDACTED, GUARD.clean(text), text);
    }
  }

  private static String surroundings(Random random) {
    return word(random, WORD + " .-_/é技\u0000\n%", 0, random.nextInt(10) == 0 ? 400 : 20);
  }

  private static String ipv6Address(Random random) {
    int groups = random.nextBoolean() ? 8 : 2 + random.nextInt(5);
    int gap = groups == 8 ? -1 : random.nextInt(groups);
    StringBuilder address = new StringBuilder();
    for (int g = 0; g < groups; g++) {
      address.append(g == 0 ? (gap == 0 ? "::" : "") : g == gap ? "::" : ":");
      address.append(Integer.toHexString(0x1000 + random.nextInt(0xF000)));
    }
    if (address.chars().noneMatch(Character::isDigit)) {
      address.append(9);
    }
    return address + (random.nextInt(4) == 0 ? "/64" : "");
  }

  private static String word(Random random, String alphabet, int shortest, int longest) {
    StringBuilder word = new StringBuilder();
    for (int n = shortest + random.nextInt(longest - shortest + 1); n > 0; n--) {
      word.append(pick(random, alphabet));
    }
    return word.toString();
  }

  private static char pick(Random random, String alphabet) {
    return alphabet.charAt(random.nextInt(alphabet.length()));
  }
}
