package dev.autoskill.telemetry.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Names from the field. The line between ordinary and private ones is drawn in {@code
 * docs/privacy.md}; the names beyond it are listed here.
 */
class FieldNamesTest {

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

  private static List<String> sample(String name) throws IOException {
    try (InputStream in = FieldNamesTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
