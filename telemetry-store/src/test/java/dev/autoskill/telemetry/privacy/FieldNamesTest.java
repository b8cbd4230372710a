package dev.autoskill.telemetry.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Names from the field. The line between ordinary and private ones is drawn in {@code
 * docs/privacy.md}; the names beyond it are listed here.
 */
class FieldNamesTest {

  private static final int SAMPLES = 1400;
  private static final String DIGITS = "0123456789";
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final String WORD = LETTERS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + DIGITS;

  private static final PrivacyGuard GUARD =
      Guards.of(List.of("/home/zoe"), List.of("zoe"), List.of("zoes-box"));

  @Test
  void ordinaryNamesPass() throws IOException {
    List<String> redacted =
        sample("ordinary.txt").stream().filter(name -> !GUARD.clean(name).equals(name)).toList();

    // A path into a directory of every system, whoever names it.
    assertEquals(List.of("read:/etc/hosts"), redacted);
  }

  @Test
  void ordinaryWordsPassAlsoIfTheUserAndTheHostHaveSuchNames() throws IOException {
    List<String> redacted =
        sample("ordinary.txt").stream()
            .filter(name -> name.matches("[a-z]+([-_][a-z]+)?"))
            .filter(
                name ->
                    !Guards.of(List.of("/home/" + name), List.of(name), List.of(name))
                        .clean(name)
                        .equals(name))
            .toList();

    assertEquals(List.of(), redacted);
  }

  @Test
  void privateNamesAreRedacted() throws IOException {
    List<String> passed =
        sample("private.txt").stream()
            .filter(name -> !GUARD.clean(name).equals(PrivacyGuard.REDACTED))
            .toList();

    assertEquals(List.of(), passed);
  }

  @Test
  void constantNamesPassWhateverTheySay() throws IOException {
    for (String name : sample("ordinary.txt")) {
      assertEquals(name, PrivacyGuard.constant(name));
    }
  }

  @Test
  void privateNamesOfTheSameKindsAreRedacted() {
    assertMostAre(
        true,
        random ->
            switch (random.nextInt(14)) {
              case 0 -> "sk-proj-" + text(random, WORD, 40);
              case 1 -> "AKIA" + text(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16);
              case 2 -> "ghp_" + text(random, WORD, 36);
              case 3 -> "xoxb-" + text(random, DIGITS, 12) + "-" + text(random, WORD, 24);
              case 4 -> "glpat-" + text(random, WORD, 20);
              case 5 -> "https://example.com/" + word(random) + "?token=" + text(random, WORD, 12);
              case 6 -> "password=" + text(random, WORD, 10);
              case 7 -> "-I/home/" + word(random) + "/include";
              case 8 -> "vscode://file/home/" + word(random) + "/x";
              case 9 -> "$HOME/" + word(random);
              case 10 -> "%252Fhome%252F" + word(random);
              case 11 -> "smb://" + word(random) + "/share/x";
              case 12 -> "ip-10-" + random.nextInt(256) + "-0-" + random.nextInt(256);
              default -> word(random) + "%2540example.com";
            });
  }

  @Test
  void ordinaryNamesOfTheSameKindsPass() {
    assertMostAre(
        false,
        random ->
            switch (random.nextInt(7)) {
              case 0 -> "/" + word(random) + "/" + word(random);
              case 1 -> "GET /" + word(random) + "/{id}";
              case 2 -> "/api/v" + random.nextInt(10) + "/" + word(random);
              case 3 -> "version " + dotted(random);
              case 4 -> "release-" + dotted(random);
              case 5 -> word(random) + "@next.js";
              default -> "--" + word(random) + "=/v/w";
            });
  }

  /** The goal is 95 of 100. */
  private static void assertMostAre(boolean redacted, Function<Random, String> names) {
    Random random = new Random(1);
    List<String> wrong =
        Stream.generate(() -> names.apply(random))
            .limit(SAMPLES)
            .filter(name -> GUARD.clean(name).equals(PrivacyGuard.REDACTED) != redacted)
            .toList();
    assertTrue(wrong.size() <= SAMPLES / 20, () -> wrong.size() + " of " + SAMPLES + ": " + wrong);
  }

  private static String word(Random random) {
    return text(random, LETTERS, 4 + random.nextInt(6));
  }

  private static String dotted(Random random) {
    return text(random, DIGITS, 1)
        + "."
        + text(random, DIGITS, 1)
        + "."
        + random.nextInt(20)
        + ".0";
  }

  private static String text(Random random, String characters, int length) {
    return random
        .ints(length, 0, characters.length())
        .mapToObj(i -> characters.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  private static List<String> sample(String name) throws IOException {
    try (InputStream in = FieldNamesTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
